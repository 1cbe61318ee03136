//! Rows of the same kind.

use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Column {
    pub name: fn() -> String,
    /// Whether its name is heard but not seen, where what stands in it speaks for itself.
    pub hides_name: bool,
}

/// A table; on a phone a sheet for each row. All roles are said: there it doesn't look like a table,
/// and some browsers would no longer take it for one. A row begins with
/// its `th`, which is read with each of its cells.
#[component]
pub fn DataTable(
    #[prop(into)] caption: Signal<String>,
    columns: Vec<Column>,
    /// The rows, as `tr`.
    children: Children,
) -> impl IntoView {
    let head = |Column { name, hides_name }| {
        view! {
            <th role="columnheader" scope="col">
                <span class=("visually-hidden", hides_name)>{name}</span>
            </th>
        }
        .into_any()
    };
    view! {
        <table class="data-table" role="table">
            <caption class="visually-hidden">{move || caption.get()}</caption>
            <thead role="rowgroup">
                <tr role="row">{columns.into_iter().map(head).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
}
