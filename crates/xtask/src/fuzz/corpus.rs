//! The inputs of a target in one file, a line for each, so that people can read what is kept.
//!
//! A line is the input's text. What shows nothing or breaks the line is spelled as Rust spells it
//! (`\n`, `\u{200b}`), a byte that is no text `\xff`, a backslash `\\`.

/// The inputs of a file's text; nothing where a backslash begins what isn't listed above.
pub(crate) fn inputs(text: &str) -> Option<Vec<Vec<u8>>> {
    text.lines().map(input).collect()
}

fn input(line: &str) -> Option<Vec<u8>> {
    let mut input = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        input.extend_from_slice(before.as_bytes());
        let (kind, after) = after.split_at_checked(1)?;
        rest = match kind {
            "\\" => {
                input.push(b'\\');
                after
            }
            "n" => {
                input.push(b'\n');
                after
            }
            "x" => {
                let (hex, after) = after.split_at_checked(2)?;
                input.push(u8::from_str_radix(hex, 16).ok()?);
                after
            }
            "u" => {
                let (hex, after) = after.strip_prefix('{')?.split_once('}')?;
                let c = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
                input.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                after
            }
            _ => return None,
        };
    }
    input.extend_from_slice(rest.as_bytes());
    Some(input)
}

/// The line of an input, without its end.
pub(crate) fn line(input: &[u8]) -> String {
    let mut line = String::new();
    for chunk in input.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => line.push_str("\\\\"),
                '\n' => line.push_str("\\n"),
                c if shows_nothing(c) => line.extend(c.escape_unicode()),
                c => line.push(c),
            }
        }
        let bytes = chunk.invalid().iter();
        line.extend(bytes.flat_map(|byte| byte.escape_ascii().map(char::from)));
    }
    line
}

/// Controls, white space but the space, and what an editor or a diff wouldn't show.
fn shows_nothing(c: char) -> bool {
    c.is_control()
        || c.is_whitespace() && c != ' '
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}'
            | '\u{fffe}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_read_as_it_was_written() {
        for (input, written) in [
            (&b""[..], ""),
            ("Cà phê 50.000 ₫".as_bytes(), "Cà phê 50.000 ₫"),
            (b"a=1\n\\b=\xe9; c\t", r"a=1\n\\b=\xe9; c\u{9}"),
            (
                "\u{feff}ｍａｉ\u{200b}".as_bytes(),
                r"\u{feff}ｍａｉ\u{200b}",
            ),
            (b"\xf0\x9f\r\x00", r"\xf0\x9f\u{d}\u{0}"),
        ] {
            assert_eq!(line(input), written);
            assert_eq!(inputs(&format!("{written}\n")), Some(vec![input.to_vec()]));
        }
    }

    #[test]
    fn a_backslash_that_spells_nothing_is_refused() {
        for line in [
            r"\",
            r"\t",
            r"\x",
            r"\x0",
            r"\xzz",
            r"\u{d800}",
            r"\u{1",
            r"\é",
        ] {
            assert_eq!(inputs(line), None, "{line}");
        }
    }
}
