//! Markdown: what comes out is ours.

use proptest::prelude::*;
use runatlas_core::preview::markdown::to_html;

fn check(text: &str, expected: &str) {
    assert_eq!(to_html(text).as_str(), expected, "{text}");
    assert_safe(to_html(text).as_str());
}

/// Every tag of the markup is one that the renderer writes, attribute for attribute, closed in
/// order; outside tags no character is left that could begin one.
fn assert_safe(html: &str) {
    const PLAIN: [&str; 23] = [
        "p",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "code",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "em",
        "strong",
        "del",
        "sup",
        "div",
        "a",
    ];
    const WITH_ATTRIBUTES: [&str; 9] = [
        "br",
        "hr",
        "input type=\"checkbox\" disabled",
        "input type=\"checkbox\" disabled checked",
        "div class=\"footnote\"",
        "th class=\"right\"",
        "th class=\"center\"",
        "td class=\"right\"",
        "td class=\"center\"",
    ];
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        assert_text(&rest[..at]);
        let end = rest[at..].find('>').expect("a tag ends") + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed in order: {html}");
            continue;
        }
        let link = tag
            .strip_prefix("a href=\"")
            .and_then(|tag| tag.strip_suffix("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\""));
        let start = tag.strip_prefix("ol start=\"").and_then(|tag| tag.strip_suffix('"'));
        if let Some(address) = link {
            assert!(
                ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| address.to_lowercase().starts_with(scheme)),
                "{address}"
            );
            assert_text(address);
            assert!(!open.contains(&"a"), "no link in a link: {html}");
            open.push("a");
        } else if let Some(number) = start {
            assert!(number.parse::<u64>().is_ok(), "{number}");
            open.push("ol");
        } else {
            assert!(
                WITH_ATTRIBUTES.contains(&tag) || (PLAIN.contains(&tag) && tag != "a" && tag != "div"),
                "<{tag}> in {html}"
            );
            let name = tag.split(' ').next().unwrap();
            if !matches!(name, "br" | "hr" | "input") {
                open.push(name);
            }
        }
    }
    assert_text(rest);
    assert!(open.is_empty(), "{open:?} left open in {html}");
}

fn assert_text(text: &str) {
    assert!(!text.contains(['<', '>', '"', '\'']), "{text}");
}

#[test]
fn common_markdown_is_rendered() {
    check("EMA with a **halved** *rate*.", "<p>EMA with a <strong>halved</strong> <em>rate</em>.</p>");
    check("# One\n## Two", "<h3>One</h3><h4>Two</h4>");
    check("- a\n- b", "<ul><li>a</li><li>b</li></ul>");
    check("3. c", "<ol start=\"3\"><li>c</li></ol>");
    check(
        "- [x] done\n- [ ] open",
        "<ul><li><input type=\"checkbox\" disabled checked> done</li><li><input type=\"checkbox\" disabled> open</li></ul>",
    );
    check("```py\nif a < b: pass\n```", "<pre><code>if a &lt; b: pass\n</code></pre>");
    check("`x` ~~y~~", "<p><code>x</code> <del>y</del></p>");
    check(
        "|a|b|\n|-|-:|\n|1|2|",
        "<table><thead><tr><th>a</th><th class=\"right\">b</th></tr></thead><tbody><tr><td>1</td><td class=\"right\">2</td></tr></tbody></table>",
    );
    check("a[^1]\n\n[^1]: note", "<p>a<sup>[1]</sup></p><div class=\"footnote\">[1] <p>note</p></div>");
}

#[test]
fn html_is_text() {
    check("<script>alert(1)</script>", "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre>");
    check("a <b onclick='x'>b</b>", "<p>a &lt;b onclick=&#39;x&#39;&gt;b&lt;/b&gt;</p>");
    check("<!-- hidden -->", "<pre>&lt;!-- hidden --&gt;</pre>");
    check("&lt;img src=x&gt; &amp;", "<p>&lt;img src=x&gt; &amp;</p>");
}

#[test]
fn links_go_to_three_schemes() {
    let link = |href: &str, text: &str| {
        format!("<p><a href=\"{href}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">{text}</a></p>")
    };
    check("[a](https://x.org/?a=1&b=\"2\")", &link("https://x.org/?a=1&amp;b=&quot;2&quot;", "a"));
    check("[a](https://x.org/?a=1&b=2)", &link("https://x.org/?a=1&amp;b=2", "a"));
    check("<https://x.org>", &link("https://x.org", "https://x.org"));
    check("<me@x.org>", &link("mailto:me@x.org", "me@x.org"));
    check("![plot](https://x.org/p.png)", &link("https://x.org/p.png", "plot"));
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x0A;script:alert(1)",
        "&#x01;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//x.org/a",
        "plots/a.png",
        "#fragment",
        "https:x",
        "file:///etc/passwd",
        "blob:https://x.org/1",
    ] {
        check(&format!("[a](<{address}>)"), "<p>a</p>");
        check(&format!("![a](<{address}>)"), "<p>a</p>");
    }
    check(
        "[a [b](https://y.org)](https://x.org)",
        &format!(
            "<p>[a {}](https://x.org)</p>",
            link("https://y.org", "b").trim_start_matches("<p>").trim_end_matches("</p>")
        ),
    );
    check("[![a](https://x.org/a.png)](https://x.org)", &link("https://x.org", "a"));
}

#[test]
fn deep_nesting_stays_shallow() {
    let deep = format!("{}x", "> ".repeat(20_000));
    let html = to_html(&deep);
    assert_safe(html.as_str());
    assert!(html.as_str().contains('x') && html.as_str().matches("<blockquote>").count() <= 64);
    let table =
        format!("{}| a | b |\n{}|---|---|\n{}| 1 | 2 |", "> ".repeat(70), "> ".repeat(70), "> ".repeat(70));
    assert_safe(to_html(&table).as_str());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_text_gives_safe_markup(text in "\\PC{0,60}") {
        assert_safe(to_html(&text).as_str());
    }

    /// Pieces of Markdown and of attacks, in any order.
    #[test]
    fn hostile_pieces_give_safe_markup(pieces in prop::collection::vec(prop::sample::select(vec![
        "<", ">", "\"", "'", "&", "[", "]", "(", ")", "!", "`", "```\n", "\n", "\n\n", "- ", "> ", "1. ", "7) ", "# ", "|", "|-|:-:|-:|\n",
        "*", "**", "_", "~~", "\\", "[^1]", "[^1]: ", "[x] ", "    ", "\t", "<script>", "</script>", "<img src=x onerror=alert(1)>",
        "<!--", "-->", "<a href=\"", "javascript:", "https://x.org/", "mailto:", "data:", "<https://x.org>", "<me@x.org>", "&#106;", "&colon;",
        "[a]: javascript:x 'y'\n", "[a]", "\u{0}", "\u{202e}", "a", " ", "---\n", "<?", "<![CDATA[", "<pre>", "<svg/onload=x>",
    ]), 0..24)) {
        assert_safe(to_html(&pieces.concat()).as_str());
    }
}
