//! Transfers of links that wait: on the server, columns alone.

use super::Row;
use domain::id::{AccountId, OpenId};
use domain::time::Timestamp;
use domain::transfer::Transfer;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct TransferRow {
    from: AccountId,
    to: AccountId,
    open_id: OpenId,
    due: Timestamp,
}

impl Row for TransferRow {
    type Of = Transfer;
}

impl From<Transfer> for TransferRow {
    fn from(transfer: Transfer) -> Self {
        let Transfer {
            from,
            to,
            open_id,
            due,
        } = transfer;
        Self {
            from,
            to,
            open_id,
            due,
        }
    }
}

impl From<TransferRow> for Transfer {
    fn from(row: TransferRow) -> Self {
        let TransferRow {
            from,
            to,
            open_id,
            due,
        } = row;
        Self {
            from,
            to,
            open_id,
            due,
        }
    }
}
