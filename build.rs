//! Whether the page's program is made to be split into parts that are loaded when needed (`scripts/split.mjs`):
//! in release builds for the browser. Everything else, `trunk serve` among it, has all code in one piece.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(split)");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_FAMILY", "wasm") && is("PROFILE", "release") {
        println!("cargo:rustc-cfg=split");
        // Which function needs which is read off the relocations.
        println!("cargo:rustc-link-arg-bin=app=--emit-relocs");
    }
}
