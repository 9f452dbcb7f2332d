//! Markdown as markup that can be put into the page.
//!
//! Raw HTML in the text is shown as text. Links go to http, https and mailto only. Images are not
//! loaded, whoever hosts them: they become links. Every tag and attribute of the result is written
//! here, from a fixed list; what the text brings only ever arrives escaped.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// Markup that this module made; safe to set as inner HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Renders Markdown with tables, task lists, strikethrough and footnotes. Headings begin at the
/// third level, as the page has its own above.
pub fn to_html(text: &str) -> SafeHtml {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let mut writer = Writer::default();
    for event in Parser::new_ext(text, options) {
        writer.event(event);
    }
    SafeHtml(writer.out)
}

/// Elements nested deeper than this are left out, their text is not.
const DEEPEST: usize = 64;

#[derive(Default)]
struct Writer {
    out: String,
    /// What closes the elements that are open; empty for those that were left out.
    open: Vec<&'static str>,
    links: usize,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Writer {
    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::FootnoteReference(name) => {
                self.out.push_str("<sup>[");
                self.text(&name);
                self.out.push_str("]</sup>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            Event::TaskListMarker(true) => self.out.push_str("<input type=\"checkbox\" disabled checked> "),
            Event::TaskListMarker(false) => self.out.push_str("<input type=\"checkbox\" disabled> "),
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => self.open("<p>", "</p>"),
            Tag::Heading { level, .. } => self.heading(level),
            Tag::BlockQuote(_) => self.open("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.open("<pre><code>", "</code></pre>");
            }
            Tag::HtmlBlock => self.open("<pre>", "</pre>"),
            Tag::List(None) => self.open("<ul>", "</ul>"),
            Tag::List(Some(1)) => self.open("<ol>", "</ol>"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">"), "</ol>"),
            Tag::Item => self.open("<li>", "</li>"),
            Tag::FootnoteDefinition(name) => {
                self.open("<div class=\"footnote\">", "</div>");
                self.text(&format!("[{name}] "));
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.open("<table>", "</tbody></table>");
            }
            Tag::TableHead => {
                (self.column, self.in_head) = (0, true);
                self.open("<thead><tr>", "</tr></thead><tbody>");
            }
            Tag::TableRow => {
                (self.column, self.in_head) = (0, false);
                self.open("<tr>", "</tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Link { link_type, dest_url, .. } => self.link(&dest_url, link_type),
            Tag::Image { dest_url, .. } => self.link(&dest_url, LinkType::Inline),
            // Not enabled above.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open("", ""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let close = self.open.pop().unwrap_or("");
        self.out.push_str(close);
        if matches!(tag, TagEnd::Link | TagEnd::Image) && !close.is_empty() {
            self.links -= 1;
        }
    }

    fn open(&mut self, tag: &str, close: &'static str) {
        // A part of a table goes with its table: half of one would be no table.
        let is_part = matches!(close, "</tr></thead><tbody>" | "</tr>" | "</td>" | "</th>");
        let room = if is_part { self.open.last() != Some(&"") } else { self.open.len() < DEEPEST };
        if room {
            self.out.push_str(tag);
        }
        self.open.push(if room { close } else { "" });
    }

    fn heading(&mut self, level: HeadingLevel) {
        match level {
            HeadingLevel::H1 => self.open("<h3>", "</h3>"),
            HeadingLevel::H2 => self.open("<h4>", "</h4>"),
            HeadingLevel::H3 => self.open("<h5>", "</h5>"),
            _ => self.open("<h6>", "</h6>"),
        }
    }

    fn cell(&mut self) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.column += 1;
        if self.in_head {
            self.open(&format!("<th{class}>"), "</th>");
        } else {
            self.open(&format!("<td{class}>"), "</td>");
        }
    }

    /// A link, or nothing but its text where the address is not allowed or a link is open already.
    fn link(&mut self, address: &str, kind: LinkType) {
        let address = if kind == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() };
        match allowed(&address).filter(|_| self.links == 0 && self.open.len() < DEEPEST) {
            Some(address) => {
                let href = escaped(&address);
                self.links += 1;
                self.open(
                    &format!("<a href=\"{href}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">"),
                    "</a>",
                );
            }
            None => self.open("", ""),
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&escaped(text));
    }
}

/// The address if its scheme is one of three; without the characters that browsers skip in it.
pub(crate) fn allowed(address: &str) -> Option<String> {
    let address: String = address.chars().filter(|c| !c.is_control()).collect();
    let address = address.trim();
    let scheme = address.split_once(':')?.0.to_ascii_lowercase();
    let rest_is_absolute = scheme == "mailto" || address.get(scheme.len()..)?.starts_with("://");
    (matches!(scheme.as_str(), "http" | "https" | "mailto") && rest_is_absolute).then(|| address.to_owned())
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
