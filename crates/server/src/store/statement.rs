//! What is asked of a database: one SQL text for both kinds, with the values of its parameters.

use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Postgres, SqlSafeStr, SqlStr, Sqlite};
use std::borrow::Cow;

/// A value of one of the two types that columns have.
#[derive(Clone, Debug)]
pub(super) enum Value<'q> {
    Text(Option<Cow<'q, str>>),
    Number(Option<i64>),
}

impl<'q> From<&'q str> for Value<'q> {
    fn from(text: &'q str) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Some(Cow::Owned(text)))
    }
}

impl<'q> From<Option<&'q str>> for Value<'q> {
    fn from(text: Option<&'q str>) -> Self {
        Self::Text(text.map(Cow::Borrowed))
    }
}

impl From<Option<String>> for Value<'_> {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.map(Cow::Owned))
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

/// A statement whose parameters are `$1`, `$2`, … in the order in which they are bound.
#[derive(Clone, Debug)]
pub(super) struct Statement<'q> {
    sql: SqlStr,
    values: Vec<Value<'q>>,
}

pub(super) fn statement<'q>(sql: impl SqlSafeStr) -> Statement<'q> {
    let sql = sql.into_sql_str();
    let values = Vec::new();
    Statement { sql, values }
}

impl<'q> Statement<'q> {
    pub(super) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    pub(super) fn sql(&self) -> &str {
        self.sql.as_str()
    }

    pub(super) fn values(&self) -> &[Value<'q>] {
        &self.values
    }

    pub(super) fn for_sqlite(self) -> Query<'static, Sqlite, SqliteArguments> {
        let query = sqlx::query(self.sql);
        self.values
            .into_iter()
            .fold(query, |query, value| match value {
                Value::Text(text) => query.bind(text.map(Cow::into_owned)),
                Value::Number(number) => query.bind(number),
            })
    }

    pub(super) fn for_postgres(self) -> Query<'static, Postgres, PgArguments> {
        let query = sqlx::query(self.sql);
        self.values
            .into_iter()
            .fold(query, |query, value| match value {
                Value::Text(text) => query.bind(text.map(Cow::into_owned)),
                Value::Number(number) => query.bind(number),
            })
    }
}
