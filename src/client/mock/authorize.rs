//! Whole authorizations without a page: for a preview that begins after one, and for its map of where
//! each of them leads.

use super::stored_mock::StoredMock;
use crate::json;
use ::mock::{TikTokAnswer, Visit, personas};
use contract::UseCase;
use contract::authorization::{
    BeginAuthorization, Begun, CompleteAuthorization, Completed, Purpose,
};
use contract::problem::{Code, Problem};
use contract::session::LogIn;
use domain::region::Language;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Where an authorization ended.
pub enum AuthorizationEnd {
    /// TikTok redirected back, and the callback was completed.
    Returned(Completed),
    /// TikTok shows a page of its own and doesn't redirect.
    Stayed,
}

impl StoredMock {
    /// Asks for a use case.
    ///
    /// # Errors
    ///
    /// The host's problem.
    pub async fn call<R>(&self, request: &R) -> Result<R::Reply, Problem>
    where
        R: UseCase + Serialize,
        R::Reply: DeserializeOwned,
    {
        let reply = self
            .answer([None; 2], R::NAME, json::write(request).as_bytes())
            .await?;
        serde_json::from_slice(&reply).map_err(|_| Problem::new(Code::Internal))
    }

    /// Logs a persona in by its address.
    ///
    /// # Errors
    ///
    /// The host's problem.
    pub async fn log_in(&self, email: &str) -> Result<(), Problem> {
        let request = LogIn {
            email: email.to_owned(),
            password: personas::PASSWORD.to_owned(),
            then: None,
        };
        self.call(&request).await.map(|_| ())
    }

    /// Goes to TikTok, answers there after so many minutes, and comes back.
    ///
    /// # Errors
    ///
    /// The host's problem.
    pub async fn authorize(
        &self,
        purpose: Purpose,
        answer: TikTokAnswer,
        username: &str,
        minutes: u64,
    ) -> Result<AuthorizationEnd, Problem> {
        let request = BeginAuthorization {
            purpose,
            region: None,
            language: Language::English,
        };
        let Begun { authorize_url, .. } = self.call(&request).await?;
        self.advance(minutes).await;
        match self
            .answer_at_tiktok(&authorize_url, answer, username)
            .await?
        {
            Visit::Page { .. } => Ok(AuthorizationEnd::Stayed),
            Visit::Left { query } => {
                let request = CompleteAuthorization { query };
                self.call(&request).await.map(AuthorizationEnd::Returned)
            }
        }
    }
}
