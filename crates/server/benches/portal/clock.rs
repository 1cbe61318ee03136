//! The clock of a demonstration, which can be put forward: limits that were used up begin anew.

use crate::portal::Server;

impl Server {
    pub(crate) async fn put_forward(&self, minutes: u32) {
        let answer = self
            .client
            .post(format!("{}/dev/clock", self.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("minutes={minutes}"))
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }
}
