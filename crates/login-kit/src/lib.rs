//! A typed client of TikTok Login Kit over a transport that is given to it.
