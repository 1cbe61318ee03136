//! TikTok in memory: Login Kit's endpoints and pages, quirks included.
