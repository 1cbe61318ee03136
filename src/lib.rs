//! The app: shows and asks, never decides.
