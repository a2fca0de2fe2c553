//! Packs `snapshot/` into one file that the library carries.
//!
//! Every `data.csv` and `metadata.json` is deflated on its own, so that a run unpacks only the tables it reads. The
//! index (name, places, sizes, hash) is written as Rust source. A table whose bytes do not match the hash in its metadata
//! stops the build: what is embedded is what was written by `cargo xtask snapshot`.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshot");
    // Cargo hands the output folder to build scripts in this variable only.
    #[allow(clippy::disallowed_methods)]
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    writeln!(
        std::io::stdout(),
        "cargo:rerun-if-changed={}",
        snapshot.display()
    )?;
    let mut names: Vec<String> = std::fs::read_dir(&snapshot)
        .map_err(|e| {
            format!(
                "{}: {e}; write it with `cargo xtask snapshot --from DIR`",
                snapshot.display()
            )
        })?
        .map(|entry| entry.map(|e| e.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, _>>()?;
    names.retain(|name| snapshot.join(name).join("metadata.json").is_file());
    names.sort();
    let mut packed = Vec::new();
    let mut index = String::from("pub(super) static TABLES: &[Packed] = &[\n");
    for name in names {
        let data = read(&snapshot, &name, "data.csv")?;
        let metadata = read(&snapshot, &name, "metadata.json")?;
        let described: serde_json::Value = serde_json::from_slice(&metadata)?;
        let hash: String = Sha256::digest(&data)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if described.get("sha256").and_then(|v| v.as_str()) != Some(hash.as_str()) {
            return Err(format!(
                "snapshot/{name}/data.csv does not match the hash in metadata.json; write it again with `cargo xtask snapshot --from DIR`"
            )
            .into());
        }
        let data_place = append(&mut packed, &data)?;
        let metadata_place = append(&mut packed, &metadata)?;
        index.push_str(&format!(
            "    Packed {{ name: {name:?}, data: {data_place}, metadata: {metadata_place}, sha256: {hash:?} }},\n"
        ));
    }
    index.push_str("];\n");
    std::fs::write(out.join("snapshot.bin"), &packed)?;
    std::fs::write(out.join("snapshot_index.rs"), index)?;
    Ok(())
}

fn read(snapshot: &Path, name: &str, file: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let path = snapshot.join(name).join(file);
    writeln!(
        std::io::stdout(),
        "cargo:rerun-if-changed={}",
        path.display()
    )?;
    std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()).into())
}

fn append(packed: &mut Vec<u8>, bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    let start = packed.len();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    packed.extend(encoder.finish()?);
    Ok(format!(
        "Place {{ start: {start}, length: {}, unpacked: {} }}",
        packed.len() - start,
        bytes.len()
    ))
}
