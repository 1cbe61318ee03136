//! What is done to the released module, on a module of four functions.

use super::alike::chain;
use super::short_names::nth_name;
use super::silent::places;
use super::{
    functions, shared_names, stand_in, with_alike_together, with_short_names,
    without_panic_messages, without_stand_in,
};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, GlobalType, ImportSection, MemorySection, MemoryType, Module,
    NameMap, NameSection, Section as _, TypeSection, ValType,
};
use wasmparser::{Parser, Payload};

const FILE: &[u8] = b"/home/lan/src/app.rs";
const FILE_AT: u32 = 1024;
const PLACE_AT: u32 = 1048;

fn memory() -> Vec<u8> {
    let length = u32::try_from(FILE.len()).expect("a short name");
    let mut bytes = FILE.to_vec();
    bytes.resize(24, b'#');
    for word in [FILE_AT, length, 30, 7] {
        bytes.extend(word.to_le_bytes());
    }
    bytes
}

/// A function that is imported, and three of its own that each give one.
fn module(names: [&str; 3]) -> Vec<u8> {
    let mut types = TypeSection::new();
    let two = [ValType::I32, ValType::I32];
    types.ty().function(two, [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import(
        "glue",
        "__wbg_log_0123456789abcdef",
        EntityType::Function(0),
    );
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut map = NameMap::new();
    for (index, name) in (1..).zip(names) {
        functions.function(0);
        let mut body = Function::new([]);
        body.instructions().i32_const(1).end();
        code.function(&body);
        map.append(index, name);
    }
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0);
    exports.export("__wbindgen_malloc", ExportKind::Func, 1);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(1024), memory());
    let mut section = NameSection::new();
    section.functions(&map);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions);
    module.section(&memories).section(&exports).section(&code);
    module.section(&data).section(&section);
    module.finish()
}

fn bodies(module: &[u8]) -> Vec<Vec<u8>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = payload.expect("a module") {
            bodies.push(body.as_bytes().to_vec());
        }
    }
    bodies
}

const PANIC: &str = "core[c5930c85a12de822]::panicking::panic_fmt";
const FORMATS: &str = "<char as core[c5930c85a12de822]::fmt::Debug>::fmt";

#[test]
fn what_tells_of_a_panic_traps_and_what_formats_for_developers_writes_nothing() {
    let silent = without_panic_messages(&module([PANIC, FORMATS, "app::add"]));
    let [panic, formats, own] = &bodies(&silent.expect("a module"))[..] else {
        panic!("three functions");
    };
    // As long as before: what lies behind stays where it was linked.
    assert_eq!(panic, &[0, 0x00, 0x01, 0x0b], "unreachable, nop");
    assert_eq!(formats, &[0, 0x41, 0, 0x0b], "i32.const 0");
    assert_eq!(own, &[0, 0x41, 1, 0x0b], "as it was");
}

/// With a relocation of the constant in the first and in the third of its functions.
fn linked(names: [&str; 3]) -> Vec<u8> {
    // Of the sixth section; each is an address (4) at a place there, of symbol 0, and 0 behind it.
    let relocations = [5, 2, 4, 4, 0, 0, 4, 14, 0, 0];
    let mut module = module(names);
    let section = CustomSection {
        name: "reloc.CODE".into(),
        data: (&relocations[..]).into(),
    };
    section.append_to(&mut module);
    module
}

fn custom<'a>(module: &'a [u8], wanted: &str) -> Option<&'a [u8]> {
    let mut payloads = Parser::new(0).parse_all(module);
    payloads.find_map(|payload| match payload {
        Ok(Payload::CustomSection(section)) if section.name() == wanted => Some(section.data()),
        _ => None,
    })
}

#[test]
fn what_a_function_that_traps_now_had_of_others_is_forgotten() {
    let silent = without_panic_messages(&linked([PANIC, FORMATS, "app::add"])).expect("a module");
    let left = custom(&silent, "reloc.CODE").expect("the relocations");
    assert_eq!(left, [5, 1, 4, 14, 0, 0]);
}

#[test]
fn what_the_scripts_never_call_traps_as_well() {
    let silent = without_panic_messages(&module([PANIC, FORMATS, "intounderlyingsource_pull"]));
    let all = bodies(&silent.expect("a module"));
    assert_eq!(all.last(), Some(&vec![0, 0x00, 0x01, 0x0b]));
}

#[test]
fn functions_are_named_as_in_the_source_and_measured() {
    let name = "_ZN6portal5pages6log_in5LogIn17h0123456789abcdefE";
    let found = functions(&module([PANIC, FORMATS, name])).expect("a module");
    assert_eq!(found.len(), 3);
    let (name, bytes) = found.last().expect("the last");
    assert!(name.starts_with("portal::pages::log_in::LogIn"), "{name}");
    assert_eq!(*bytes, 4);
}

/// What a part has of the first module.
fn part() -> Vec<u8> {
    let mut imports = ImportSection::new();
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    let stack = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };
    imports.import("__wasm_split", "memory", memory);
    imports.import("__wasm_split", "stack", stack);
    let mut module = Module::new();
    module.section(&imports);
    module.finish()
}

fn imports_and_exports(module: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut imported, mut exported) = (Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.expect("a module");
        if let Payload::ImportSection(imports) = payload {
            for import in imports.into_imports() {
                let import = import.expect("an import");
                imported.push(format!("{}.{}", import.module, import.name));
            }
        } else if let Payload::ExportSection(exports) = payload {
            for export in exports {
                exported.push(export.expect("an export").name.to_owned());
            }
        }
    }
    (imported, exported)
}

#[test]
fn parts_are_merged_by_way_of_a_module_that_gives_them_the_one_memory() {
    let names = shared_names(&[part()]).expect("a module");
    assert_eq!(Vec::from_iter(names), ["memory", "stack"]);
    let stand_in = stand_in(&[part()]).expect("a module");
    let (imported, exported) = imports_and_exports(&stand_in);
    assert_eq!(imported, ["first.memory", "first.stack"]);
    assert_eq!(exported, ["memory", "stack"]);
    let (imported, exported) = imports_and_exports(&without_stand_in(&stand_in).expect("a module"));
    assert_eq!(imported, ["__wasm_split.memory", "__wasm_split.stack"]);
    assert_eq!(exported, [""; 0]);
}

#[test]
fn a_part_that_calls_scripts_is_refused() {
    let other = module([PANIC, FORMATS, "app::add"]);
    assert!(shared_names(&[other]).is_err());
}

#[test]
fn a_module_whose_panics_have_other_names_is_refused() {
    let refused = without_panic_messages(&module(["core::trouble", FORMATS, "app::add"]));
    let words = refused.expect_err("nothing to take out").to_string();
    assert!(words.contains("core::panicking::panic_fmt"), "{words}");
}

#[test]
fn places_in_the_source_go_with_the_names_of_their_files() {
    let found = places(&[(FILE_AT, memory())]);
    assert_eq!(found, [PLACE_AT..PLACE_AT + 16, FILE_AT..FILE_AT + 20]);
    let silent = without_panic_messages(&module([PANIC, FORMATS, "app::add"]));
    let silent = silent.expect("a module");
    let holds = |text: &[u8]| silent.windows(text.len()).any(|piece| piece == text);
    assert!(!holds(b"lan"));
    assert!(holds(b"####"), "what lies between stays");
}

#[test]
fn a_module_and_its_script_get_the_same_short_names() {
    let script = "f({__wbg_log_0123456789abcdef:e=>e},o.__wbindgen_malloc,o.memory)";
    let long = module([PANIC, FORMATS, "app::add"]);
    let (short, script) = with_short_names(&long, script).expect("both");
    assert_eq!(script, "f({a:e=>e},o.b,o.memory)");
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(&short) {
        let payload = payload.expect("a module");
        if let Payload::ImportSection(imports) = payload {
            for import in imports.into_imports() {
                names.push(import.expect("an import").name.to_owned());
            }
        } else if let Payload::ExportSection(exports) = payload {
            for export in exports {
                names.push(export.expect("an export").name.to_owned());
            }
        }
    }
    assert_eq!(names, ["a", "memory", "b"]);
    let other = with_short_names(&long, "f(o.memory)");
    assert!(other.is_err(), "a script of another module");
}

#[test]
fn what_is_alike_stands_together_and_is_found_by_its_new_number() {
    let four = [&b"aaaaaaaa"[..], b"bbbbbbbb", b"aaaaaaac", b"bbbbbbbd"];
    assert_eq!(chain(&four.map(<[u8]>::to_vec)), [0, 2, 1, 3]);

    // The second function calls the third, which is like the first.
    let mut types = TypeSection::new();
    types.ty().function([], [ValType::I32]);
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for call in [None, Some(2), None] {
        functions.function(0);
        let mut body = Function::new([]);
        match call {
            Some(number) => body.instructions().call(number).end(),
            None => body.instructions().i32_const(1).i32_eqz().i32_eqz().end(),
        };
        code.function(&body);
    }
    let mut exports = ExportSection::new();
    exports.export("calls", ExportKind::Func, 1);
    let mut module = Module::new();
    module.section(&types).section(&functions);
    module.section(&exports).section(&code);
    let reordered = with_alike_together(&module.finish()).expect("a module");
    let [_, _, calls] = &bodies(&reordered)[..] else {
        panic!("three functions");
    };
    assert_eq!(calls, &[0, 0x10, 1, 0x0b], "call 1");
    for payload in Parser::new(0).parse_all(&reordered) {
        if let Payload::ExportSection(exports) = payload.expect("a module") {
            let export = exports.into_iter().next().expect("one").expect("an export");
            assert_eq!((export.name, export.index), ("calls", 2));
        }
    }
}

#[test]
fn short_names_are_never_the_same() {
    let names: Vec<_> = [0, 25, 26, 51, 52, 53, 103, 104].map(nth_name).into();
    assert_eq!(names, ["a", "z", "A", "Z", "aa", "ba", "Za", "ab"]);
    let all: std::collections::HashSet<_> = (0..3_000).map(nth_name).collect();
    assert_eq!(all.len(), 3_000);
}
