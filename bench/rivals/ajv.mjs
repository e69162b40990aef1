// The schema alone, by ajv and js-yaml: every record below a folder, nothing cross-checked.
// node ajv.mjs SCHEMA_FOLDER RECORDS_FOLDER
import fs from "node:fs";
import path from "node:path";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import yaml from "js-yaml";

const [schemas, records] = process.argv.slice(2);
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
for (const name of fs.readdirSync(schemas)) {
  if (name.endsWith(".schema.json")) ajv.addSchema(JSON.parse(fs.readFileSync(path.join(schemas, name))));
}
const { $id } = JSON.parse(fs.readFileSync(path.join(schemas, "firmware-record.schema.json")));
const validate = ajv.getSchema($id);
let bad = 0;
for (const folder of fs.readdirSync(records)) {
  for (const name of fs.readdirSync(path.join(records, folder))) {
    const text = fs.readFileSync(path.join(records, folder, name), "utf8");
    if (!validate(yaml.load(text, { schema: yaml.CORE_SCHEMA }))) bad += 1;
  }
}
process.exit(bad ? 1 : 0);
