//! E-mail addresses.

use domain::email::Email;
use domain::input::Fault;

#[test]
fn an_address_is_kept_in_lower_case_without_the_space_around_it() {
    let local = "a".repeat(64);
    let label = "b".repeat(63);
    let longest = format!("{local}@{label}.{label}.{}", "c".repeat(61));
    assert_eq!(longest.len(), 254);
    for (typed, kept) in [
        ("mai@coffee.test", "mai@coffee.test"),
        ("  Mai@Coffee.TEST\t", "mai@coffee.test"),
        ("m@c.vn", "m@c.vn"),
        ("\u{200b}mai@coffee.test\u{feff} ", "mai@coffee.test"),
        (
            "mai.lan+ads_1@mail.coffee.test",
            "mai.lan+ads_1@mail.coffee.test",
        ),
        (
            "o'brien!#$%&*/=?^`{|}~-@x.test",
            "o'brien!#$%&*/=?^`{|}~-@x.test",
        ),
        ("mai@xn--caf-dma.test", "mai@xn--caf-dma.test"),
        ("mai@cà-phê.test", "mai@xn--c-ph-0na7d.test"),
        ("Đặng@coffee.test", "đặng@coffee.test"),
        ("用户@例子.test", "用户@xn--fsqu00a.test"),
        ("mai@1.2.3.4", "mai@1.2.3.4"),
        (longest.as_str(), longest.as_str()),
        // What can't be seen makes no other address of it; nor do two forms of one letter.
        ("mai\u{200b}@coffee\u{feff}.test", "mai@coffee.test"),
        ("\u{200e}mai\u{ad}@coffee.test\u{200f}", "mai@coffee.test"),
        ("mai\0@coffee.test", "mai@coffee.test"),
        ("a\u{300}@cafe\u{301}.test", "à@xn--caf-dma.test"),
        ("A\u{300}@CAFE\u{301}.test", "à@xn--caf-dma.test"),
        ("ｍａｉ＠ｃｏｆｆｅｅ．ｔｅｓｔ", "mai@coffee.test"),
        // The Kelvin sign is a k in lower case: the letter goes to the address with the k, whose
        // reader alone can prove it.
        ("\u{212a}ate@x.test", "kate@x.test"),
    ] {
        let email = Email::parse(typed).map(|email| email.to_string());
        assert_eq!(email, Ok(kept.to_owned()), "{typed:?}");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let malformed = |typed: &str| (typed.to_owned(), Fault::Malformed);
    let mut rows: Vec<_> = [
        "mai",
        "mai@",
        "@coffee.test",
        "mai@coffee",
        "mai@@coffee.test",
        "mai@lan@coffee.test",
        "mai@.test",
        "mai@coffee.",
        "mai@coffee..test",
        "mai@-coffee.test",
        "mai@coffee-.test",
        "mai@coffee_shop.test",
        "mai@coffee.test/x",
        ".mai@coffee.test",
        "mai.@coffee.test",
        "mai..lan@coffee.test",
        "mai lan@coffee.test",
        "mai\u{a0}lan@coffee.test",
        "mai\u{3000}lan@coffee.test",
        "mai@cof fee.test",
        "mai@coffee\u{2003}shop.test",
        "\"mai\"@coffee.test",
        "Mai <mai@coffee.test>",
        "mai,lan@coffee.test",
        "mai;lan@coffee.test",
        "mai@coffee.test\nBcc: x@y.test",
        "mai\r@coffee.test",
        "mai\u{2028}@coffee.test",
    ]
    .map(malformed)
    .to_vec();
    rows.extend([
        malformed(&format!("{}@x.test", "a".repeat(65))),
        malformed(&format!("mai@{}.test", "a".repeat(64))),
        (
            format!("mai@{}.test", "a.".repeat(124)),
            Fault::TooLong { max: 254 },
        ),
        // What turns the text around makes one address look like another.
        (
            "mai@tset.\u{202e}eeffoc.test".to_owned(),
            Fault::Forbidden {
                character: '\u{202e}',
            },
        ),
        (String::new(), Fault::Missing),
        (" \t\n".to_owned(), Fault::Missing),
    ]);
    for (typed, fault) in rows {
        assert_eq!(Email::parse(&typed), Err(fault), "{typed:?}");
    }
}

#[test]
fn an_address_tells_its_local_part() {
    let email = Email::parse("Mai.Lan@coffee.test").unwrap();
    assert_eq!(email.local(), "mai.lan");
    assert_eq!(email.as_str(), "mai.lan@coffee.test");
}

/// Browsers hand the domain over in letters or in A-labels, as typed or composed.
#[test]
fn one_domain_is_one_address_however_it_is_spelled() {
    for (spellings, kept) in [
        (
            [
                "lan@quáncàphê.vn",
                "lan@QUÁNCÀPHÊ.vn",
                "lan@qua\u{301}nca\u{300}phe\u{302}.vn",
            ],
            "lan@xn--quncph-ltaf0g.vn",
        ),
        (
            ["lan@例え。jp", "lan@例え｡jp", "lan@XN--R8JZ45G.jp"],
            "lan@xn--r8jz45g.jp",
        ),
        // The sigma at the end of a word is another letter than the one within; which of them a
        // capital is, Unicode says.
        (
            ["lan@ελλάσ.gr", "lan@ΕΛΛΆΣ.gr", "lan@xn--hxarsa5b.gr"],
            "lan@xn--hxarsa5b.gr",
        ),
        // Neither is turned into ss.
        (
            ["lan@straße.de", "lan@STRAẞE.de", "lan@xn--strae-oqa.de"],
            "lan@xn--strae-oqa.de",
        ),
    ] {
        for spelling in spellings {
            let email = Email::parse(spelling).map(|email| email.to_string());
            assert_eq!(email, Ok(kept.to_owned()), "{spelling}");
        }
    }
}

/// DNS holds a label to 63 octets of its A-label, however many the letters have.
#[test]
fn a_label_is_measured_as_it_is_sent() {
    for letters in [22, 26, 40] {
        let label: String = "ก".repeat(letters);
        assert!(
            Email::parse(&format!("lan@{label}.th")).is_ok(),
            "{letters}"
        );
    }
    let thai = "ร้านกาแฟของแม่ที่เชียงใหม่";
    assert!(thai.len() > 63);
    let email = Email::parse(&format!("lan@{thai}.th")).unwrap();
    assert!(email.as_str().is_ascii(), "{email}");
    let long = "ก".repeat(60);
    assert_eq!(
        Email::parse(&format!("lan@{}กขค{long}.th", "a".repeat(30))),
        Err(Fault::Malformed)
    );
    for wrong in [
        "lan@xn--a.test",
        "lan@a\u{300}\u{200d}b.test",
        "lan@אa.test",
    ] {
        assert_eq!(Email::parse(wrong), Err(Fault::Malformed), "{wrong}");
    }
}

#[test]
fn a_code_goes_only_where_every_server_can_take_it() {
    assert_eq!(
        Email::parse_new("Đặng@coffee.test"),
        Err(Fault::Forbidden { character: 'đ' })
    );
    let abroad = Email::parse_new("dang@cà-phê.test").unwrap();
    assert_eq!(abroad.as_str(), "dang@xn--c-ph-0na7d.test");
    assert_eq!(Email::parse_new("dang"), Err(Fault::Malformed));
}

/// `IdnaTestV2.txt` of Unicode, which `email/idna.py` takes from what the crate `idna` is tested
/// with: domains, and the A-labels of each or nothing.
const IDNA: &str = include_str!("email/idna.tsv");

/// Whatever is taken is taken as Unicode says. Refused beside what Unicode refuses: domains of one
/// label, and such as make the address too long. Taken beside what it takes: a third and a fourth
/// hyphen, which registries hand out; what shows nothing, which is dropped; and letters that are
/// newer than the file.
#[test]
fn a_domain_is_read_as_unicode_says() {
    let (mut taken, mut refused) = (0, 0);
    let (mut of_one_label, mut too_long, mut of_hyphens, mut newer) = (0, 0, 0, 0);
    for line in IDNA.lines().filter(|line| !line.starts_with('#')) {
        let (domain, ascii) = line.split_once('\t').unwrap();
        let domain: String = serde_json::from_str(domain).unwrap();
        let email = Email::parse(&format!("lan@{domain}"));
        match (&email, ascii) {
            (Err(_), "") => refused += 1,
            (Err(Fault::TooLong { .. }), _) => too_long += 1,
            (Err(fault), _) => {
                assert_eq!((fault, ascii.contains('.')), (&Fault::Malformed, false));
                of_one_label += 1;
            }
            (Ok(email), "") if email.as_str().contains("bc--de") => of_hyphens += 1,
            (Ok(_), "") => newer += 1,
            (Ok(email), ascii) => {
                assert_eq!(email.as_str(), format!("lan@{ascii}"));
                taken += 1;
            }
        }
        if let Ok(email) = email {
            assert_eq!(Email::parse(&email.shown()).as_ref(), Ok(&email));
            assert_eq!(Email::parse(email.as_str()).as_ref(), Ok(&email));
        }
    }
    assert_eq!((taken, refused), (398, 5816));
    assert_eq!((of_one_label, too_long, of_hyphens, newer), (140, 8, 8, 17));
}

#[test]
fn a_domain_is_shown_in_letters_where_they_can_be_taken_for_no_others() {
    for shown in [
        "lan@coffee.test",
        "lan@quáncàphê.vn",
        "lan@đường-2.vn",
        "lan@straße.de",
        "lan@例え.jp",
        "lan@コーヒー.jp",
        "lan@咖啡.cn",
        "lan@커피.한국",
        "lan@ร้านกาแฟ.ไทย",
    ] {
        assert_eq!(Email::parse(shown).unwrap().shown(), shown);
    }
    for (typed, shown) in [
        // Cyrillic, Greek, Armenian and the letters of phonetics pass for Latin.
        ("lan@аррӏе.com", "lan@xn--80ak6aa92e.com"),
        ("lan@ρορ.gr", "lan@xn--0xadb.gr"),
        ("lan@ցօօց.am", "lan@xn--vbbala.am"),
        ("lan@ɡooɡle.com", "lan@xn--oole-z7bc.com"),
        ("lan@ıbm.com", "lan@xn--bm-gpa.com"),
        // One script beside another, or beside ASCII's letters.
        ("lan@gооgle.com", "lan@xn--ggle-55da.com"),
        ("lan@google一com.jp", "lan@xn--googlecom-075n.jp"),
        ("lan@ノcom.jp", "lan@xn--com-jn4b.jp"),
        // Thai that is drawn like Latin.
        ("lan@พบ.th", "lan@xn--r3ch.th"),
        // Marks without a letter of their own, emoji, a lone part of a syllable.
        ("lan@x\u{331}\u{331}.test", "lan@xn--x-oeba.test"),
        ("lan@☕.test", "lan@xn--53h.test"),
        ("lan@ᄋ.test", "lan@xn--9pd.test"),
        // Right to left, an address would be shown from its end.
        ("lan@مثال.test", "lan@xn--mgbh0fb.test"),
        // Each label for itself.
        ("lan@аррӏе.cà-phê.vn", "lan@xn--80ak6aa92e.cà-phê.vn"),
    ] {
        let email = Email::parse(typed).unwrap();
        assert_eq!(email.shown(), shown, "{typed}");
        assert_eq!(Email::parse(shown), Ok(email));
    }
}

#[test]
fn a_mailbox_is_one_however_its_address_is_spelled() {
    for (address, mailbox) in [
        ("mai@coffee.test", "mai@coffee.test"),
        ("Mai@Coffee.test", "mai@coffee.test"),
        ("mai+ads@coffee.test", "mai@coffee.test"),
        ("mai+a+b@coffee.test", "mai@coffee.test"),
        ("ma\u{323}\u{302}i+x@coffee.test", "mậi@coffee.test"),
        ("m.ai@coffee.test", "m.ai@coffee.test"),
        ("m.a.i+ads@gmail.com", "mai@gmail.com"),
        ("Mai@GoogleMail.com", "mai@gmail.com"),
        // Nothing before it: no tag, or not ours to read.
        ("+ads@coffee.test", "+ads@coffee.test"),
    ] {
        let email = Email::parse(address).unwrap();
        assert_eq!(email.mailbox(), mailbox, "{address}");
    }
}
