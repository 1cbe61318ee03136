//! How requests reach TikTok.

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};

/// Sends a request and gives the response, whatever its status. It follows no redirects.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Errors: no response came, or not in time.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

/// The request or its response was lost.
#[derive(Debug, thiserror::Error)]
#[error("TikTok can't be reached: {0}")]
pub struct TransportError(
    /// Why, without the address's query.
    pub String,
);
