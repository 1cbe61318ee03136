//! Requests that came with a key.

use super::Row;
use crate::store::{KeyedAnswer, KeyedRequest, Told};
use domain::id::{AccountId, BrowserId};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A request that came with a key, and what it was answered.
#[derive(Serialize, Deserialize)]
pub struct KeyedRequestRow {
    id: String,
    browser: BrowserId,
    fingerprint: String,
    begun: Timestamp,
    answer: Option<AnswerRow>,
}

#[derive(Serialize, Deserialize)]
struct AnswerRow {
    told: ToldRow,
    account: Option<AccountId>,
    session: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ToldRow {
    Reply(String),
    Problem(String),
}

impl Row for KeyedRequestRow {
    type Of = KeyedRequest;
}

impl From<KeyedRequest> for KeyedRequestRow {
    fn from(request: KeyedRequest) -> Self {
        let KeyedRequest {
            id,
            browser,
            fingerprint,
            begun,
            answer,
        } = request;
        Self {
            id,
            browser,
            fingerprint,
            begun,
            answer: answer.map(|answer| {
                let KeyedAnswer {
                    told,
                    account,
                    session,
                } = answer;
                AnswerRow {
                    told: match told {
                        Told::Reply(json) => ToldRow::Reply(json),
                        Told::Problem(json) => ToldRow::Problem(json),
                    },
                    account,
                    session,
                }
            }),
        }
    }
}

impl From<KeyedRequestRow> for KeyedRequest {
    fn from(row: KeyedRequestRow) -> Self {
        let KeyedRequestRow {
            id,
            browser,
            fingerprint,
            begun,
            answer,
        } = row;
        Self {
            id,
            browser,
            fingerprint,
            begun,
            answer: answer.map(|answer| {
                let AnswerRow {
                    told,
                    account,
                    session,
                } = answer;
                KeyedAnswer {
                    told: match told {
                        ToldRow::Reply(json) => Told::Reply(json),
                        ToldRow::Problem(json) => Told::Problem(json),
                    },
                    account,
                    session,
                }
            }),
        }
    }
}
