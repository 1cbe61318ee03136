//! No file imports itself by way of others. A circle of files can only be understood, compiled in
//! the head or moved as a whole.
//!
//! An import is a `use` or a path that begins with `crate`, `self`, `super` or a module of the file's
//! own. It leads to the file that defines what is named: through a `pub use` to what stands behind
//! it. A `mod` is no import, nor is a `pub use`, which only says where something can be found; nor is
//! what stands under `#[cfg(test)]`.

#![expect(
    clippy::unwrap_used,
    reason = "a repository that cannot be read is a failed test"
)]

#[expect(
    dead_code,
    reason = "files are parsed by syn here, for what their paths lead to"
)]
mod repository;

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use proc_macro2::{TokenStream, TokenTree};
use repository::{files_below, none, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

/// The path of a module from its crate's root.
type Module = Vec<String>;

/// What a file says of itself and of others.
#[derive(Default)]
struct File {
    /// The items that it defines.
    defines: BTreeSet<String>,
    /// The paths that it names, from the crate's root.
    names: BTreeSet<Module>,
}

/// Collects the paths that a file names.
struct Reader {
    /// The module that is being read: the file's, or one within it.
    module: Module,
    file: File,
    children: BTreeSet<String>,
}

impl Reader {
    /// Takes a path as it is written; of other crates nothing is kept.
    fn name(&mut self, path: &[String]) {
        let Some((first, rest)) = path.split_first() else {
            return;
        };
        let mut base = self.module.clone();
        let rest = match first.as_str() {
            "crate" => {
                base.clear();
                rest
            }
            "self" => rest,
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                base.truncate(base.len().saturating_sub(ups));
                &path[ups..]
            }
            child if self.children.contains(child) => path,
            _ => return,
        };
        base.extend(rest.iter().cloned());
        self.file.names.insert(base);
    }

    fn use_tree(&mut self, before: &[String], tree: &UseTree) {
        let and = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.use_tree(&and(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => self.name(before),
            UseTree::Name(name) => self.name(&and(&name.ident)),
            UseTree::Rename(name) if name.ident == "self" => self.name(before),
            UseTree::Rename(name) => self.name(&and(&name.ident)),
            UseTree::Glob(_) => self.name(before),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(before, tree);
                }
            }
        }
    }

    /// Paths in what a macro is given, which nobody but the macro can parse.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons < 2 {
                        self.name_rooted(&path);
                        path.clear();
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    colons = 0;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => colons = 0,
            }
        }
        self.name_rooted(&path);
    }

    fn name_rooted(&mut self, path: &[String]) {
        let is_rooted = ["crate", "super"].contains(&path.first().map_or("", String::as_str));
        if is_rooted && path.len() > 1 {
            self.name(path);
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|argument| argument == "test")
    })
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        match item.vis {
            Visibility::Inherited => self.use_tree(&[], &item.tree),
            Visibility::Public(_) | Visibility::Restricted(_) => {}
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_for_tests(&item.attrs) {
            self.module.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.module.pop();
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        // A name alone is a local, or was imported.
        if parts.len() > 1 && path.leading_colon.is_none() {
            self.name(&parts);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.tokens(call.tokens.clone());
    }
}

/// What an item is called.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "syn's own enum, which may grow: the other kinds of items have no name to be imported by"
)]
fn defined(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(it) => &it.ident,
        Item::Enum(it) => &it.ident,
        Item::Fn(it) => &it.sig.ident,
        Item::Macro(it) => it.ident.as_ref()?,
        Item::Static(it) => &it.ident,
        Item::Struct(it) => &it.ident,
        Item::Trait(it) => &it.ident,
        Item::Type(it) => &it.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn read(module: &Module, text: &str) -> File {
    let syntax = syn::parse_file(text).unwrap();
    let mut reader = Reader {
        module: module.clone(),
        file: File::default(),
        children: BTreeSet::new(),
    };
    for item in &syntax.items {
        reader.file.defines.extend(defined(item));
        if let Item::Mod(child) = item {
            reader.children.insert(child.ident.to_string());
        }
    }
    reader.visit_file(&syntax);
    reader.file
}

/// The module of a file, by its path below `src`; the roots have none.
fn module_of(file: &Path) -> Module {
    let mut parts: Module = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod") || parts == ["lib"] || parts == ["main"] {
        parts.pop();
    }
    parts
}

/// The file that defines what a path names.
fn definer<'a>(files: &'a BTreeMap<Module, File>, path: &[String]) -> Option<&'a Module> {
    let at = (0..=path.len())
        .rev()
        .find(|length| files.contains_key(&path[..*length]))?;
    let (module, file) = files.get_key_value(&path[..at])?;
    let Some(name) = path.get(at).filter(|name| !file.defines.contains(*name)) else {
        return Some(module);
    };
    // Found by a `pub use`: it is defined further down.
    files
        .iter()
        .find(|(inner, file)| inner.starts_with(module) && file.defines.contains(name))
        .map_or(Some(module), |(inner, _)| Some(inner))
}

/// The circles below a folder, each by its files.
fn circles(files: &BTreeMap<Module, File>) -> Vec<String> {
    let modules: Vec<&Module> = files.keys().collect();
    let number = |module: &Module| modules.binary_search(&module).unwrap();
    let mut graph = DiGraphMap::<usize, ()>::new();
    for (module, file) in files {
        for path in &file.names {
            let to = definer(files, path).unwrap_or(module);
            if to != module {
                graph.add_edge(number(module), number(to), ());
            }
        }
    }
    let spelled = |module: &Module| match module.as_slice() {
        [] => "the root".to_owned(),
        parts => parts.join("/"),
    };
    tarjan_scc(&graph)
        .into_iter()
        .filter(|group| group.len() > 1)
        .map(|mut group| {
            group.sort_unstable();
            let names: Vec<_> = group.iter().map(|it| spelled(modules[*it])).collect();
            names.join(", ")
        })
        .collect()
}

#[test]
fn no_file_imports_itself_by_way_of_others() {
    let mut folders = vec![root().join("src")];
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        folders.push(entry.unwrap().path().join("src"));
    }
    folders.sort();
    let mut problems = Vec::new();
    for folder in folders {
        let mut files = BTreeMap::new();
        for file in files_below(&folder, "rs") {
            let within = file.strip_prefix(&folder).unwrap();
            // Tests of a file in a file of their own; and programs beside a library.
            let is_aside = within.ends_with("tests.rs") || within.starts_with("bin");
            let is_program = within == Path::new("main.rs") && folder.join("lib.rs").exists();
            if !is_aside && !is_program {
                let module = module_of(within);
                let read = read(&module, &fs::read_to_string(&file).unwrap());
                files.insert(module, read);
            }
        }
        let place = folder.strip_prefix(root()).unwrap().display().to_string();
        for circle in circles(&files) {
            problems.push(format!("{place}: {circle}"));
        }
    }
    none(&problems);
}

#[cfg(test)]
fn files(texts: &[(&str, &str)]) -> BTreeMap<Module, File> {
    texts
        .iter()
        .map(|(name, text)| {
            let module = module_of(Path::new(name));
            let file = read(&module, text);
            (module, file)
        })
        .collect()
}

#[test]
fn a_circle_is_named_by_its_files() {
    let found = circles(&files(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::B; pub struct A;"),
        (
            "b.rs",
            "fn b() { view! { <p>{crate::c::c()}</p> } } pub struct B;",
        ),
        ("c.rs", "use super::a::{self, A}; pub fn c() {}"),
    ]));
    assert_eq!(found, ["a, b, c"]);
}

#[test]
fn a_reexport_leads_to_what_stands_behind_it_and_tests_do_not_count() {
    let found = circles(&files(&[
        ("lib.rs", "mod ui; mod page;"),
        (
            "ui/mod.rs",
            "mod button; mod link; pub use button::*; pub use link::*;",
        ),
        ("ui/button.rs", "use super::Link; pub struct Button;"),
        (
            "ui/link.rs",
            "pub struct Link; #[cfg(test)] mod tests { use super::super::Button; }",
        ),
        ("page.rs", "use crate::ui::Button;"),
    ]));
    assert_eq!(found, [] as [&str; 0]);
}
