// tuf-js as a client of any repository: node read.mjs URL FOLDER. FOLDER has the repository's
// metadata/1.root.json and expected.json. Exit code 0 where all is as expected, 1 where it is not.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';

const { Updater } = createRequire(import.meta.url)('tuf-js');

const [url, folder] = process.argv.slice(2);
const expected = JSON.parse(fs.readFileSync(path.join(folder, 'expected.json'), 'utf8'));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'noseon-tuf-js-'));
let differing = 0;

async function contentOf(updater, name) {
  const info = await updater.getTargetInfo(name);
  if (!info) return null;
  const file = path.join(scratch, 'target');
  await updater.downloadTarget(info, file);
  return fs.readFileSync(file, 'utf8');
}

try {
  fs.copyFileSync(path.join(folder, 'metadata/1.root.json'), path.join(scratch, 'root.json'));
  const updater = new Updater({
    metadataDir: scratch,
    metadataBaseUrl: `${url}/metadata`,
    targetDir: scratch,
    targetBaseUrl: `${url}/targets`,
    config: { fetchRetry: 0 },
  });
  await updater.refresh();
  for (const [name, content] of Object.entries(expected)) {
    const found = await contentOf(updater, name);
    if (found === content) continue;
    console.log(`${name}: ${JSON.stringify(found)}, expected ${JSON.stringify(content)}`);
    differing += 1;
  }
} catch (error) {
  console.log(`tuf-js: ${error.message}`);
  differing += 1;
} finally {
  fs.rmSync(scratch, { recursive: true });
}
console.log(`${Object.keys(expected).length} targets, ${differing} differ`);
process.exit(differing === 0 ? 0 : 1);
