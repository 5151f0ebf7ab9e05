// A repository written by @tufjs/models: node write.mjs FOLDER. It has keys of the three kinds, roots
// that rotate, thresholds, delegations of every form, and fields and names that are hard to set.
// FOLDER/expected.json says what a client finds: the content by target path, or null for nobody's.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const models = require('@tufjs/models');
const { canonicalize } = require('@tufjs/canonical-json');

const folder = process.argv[2];
const head = {
  specVersion: '1.0.34',
  expires: new Date(Date.now() + 30 * 86400e3).toISOString().replace(/\.\d+Z$/, 'Z'),
};
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');

// ---- Keys ----------------------------------------------------------------------------------------

function listed(keytype, scheme, value) {
  const key = { keytype, scheme, keyval: { public: value } };
  const keyID = sha256(canonicalize(key));
  return new models.Key({ keyID, keyType: keytype, scheme, keyVal: key.keyval });
}

function makeKey(kind) {
  const pem = (key) => key.export({ type: 'spki', format: 'pem' });
  if (kind === 'ed25519') {
    const pair = crypto.generateKeyPairSync('ed25519');
    const raw = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    return {
      key: listed('ed25519', 'ed25519', raw.toString('hex')),
      sign: (data) => crypto.sign(null, data, pair.privateKey),
    };
  }
  if (kind === 'ecdsa') {
    const pair = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return {
      key: listed('ecdsa', 'ecdsa-sha2-nistp256', pem(pair.publicKey)),
      sign: (data) => crypto.sign('sha256', data, pair.privateKey),
    };
  }
  const pair = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
  const options = {
    key: pair.privateKey,
    padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
    saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST,
  };
  return {
    key: listed('rsa', 'rsassa-pss-sha256', pem(pair.publicKey)),
    sign: (data) => crypto.sign('sha256', data, options),
  };
}

// ---- Files ---------------------------------------------------------------------------------------

function put(name, bytes) {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
}

function publish(name, signed, signers) {
  const metadata = new models.Metadata(signed);
  for (const signer of signers) {
    metadata.sign(
      (data) =>
        new models.Signature({ keyID: signer.key.keyID, sig: signer.sign(data).toString('hex') }),
      true,
    );
  }
  const bytes = Buffer.from(JSON.stringify(metadata.toJSON(), null, 1));
  put(`metadata/${name}`, bytes);
  return bytes;
}

const expected = {};

function target(name, content) {
  const hash = sha256(content);
  const { dir, base } = path.parse(name);
  put(path.join('targets', dir, `${hash}.${base}`), content);
  expected[name] = content;
  return new models.TargetFile({
    path: name,
    length: Buffer.byteLength(content),
    hashes: { sha256: hash, sha512: crypto.createHash('sha512').update(content).digest('hex') },
    unrecognizedFields: { custom: { 'a "quote"': 'back\\slash\nand\tcontrol', 노선: [1, -2, null] } },
  });
}

function targets(files, delegations) {
  const signed = models.Targets.fromJSON({
    _type: 'targets',
    spec_version: head.specVersion,
    expires: head.expires,
    version: 1,
    targets: {},
    ...(delegations && { delegations }),
  });
  for (const file of files) signed.addTarget(file);
  return signed;
}

function delegate(delegated) {
  const keys = {};
  const roles = delegated.map(({ name, signers, threshold = 1, ...rest }) => {
    for (const { key } of signers) keys[key.keyID] = key.toJSON();
    const keyids = signers.map(({ key }) => key.keyID);
    return { name, keyids, threshold, terminating: false, ...rest };
  });
  return { keys, roles };
}

// ---- The repository ------------------------------------------------------------------------------

const rsa = makeKey('rsa');
const ec = makeKey('ecdsa');
const ed = Array.from({ length: 8 }, () => makeKey('ed25519'));

function root(version, roles) {
  const signed = new models.Root({
    ...head,
    version,
    consistentSnapshot: true,
    unrecognizedFields: { 'x-note': 'kept\nand signed' },
  });
  for (const [name, { signers, threshold }] of Object.entries(roles)) {
    for (const { key } of signers) signed.addKey(key, name);
    signed.roles[name].threshold = threshold;
  }
  return signed;
}

const online = {
  timestamp: { signers: [ed[0]], threshold: 1 },
  snapshot: { signers: [ed[1]], threshold: 1 },
  targets: { signers: [rsa, ec, ed[2]], threshold: 2 },
};
const first = { ...online, root: { signers: [rsa, ec, ed[3]], threshold: 2 } };
const second = { ...online, root: { signers: [ec, ed[3], ed[4]], threshold: 2 } };
publish('1.root.json', root(1, first), [rsa, ec]);
publish('2.root.json', root(2, second), [ec, rsa, ed[4]]);
publish('3.root.json', root(3, second), [ed[3], ed[4]]);

const files = {
  targets: publish(
    '1.targets.json',
    targets(
      [target('top.txt', 'of the top'), target('a/taken.txt', 'by the top')],
      delegate([
        { name: 'A', signers: [ec, ed[5]], threshold: 2, paths: ['a/*'], terminating: true },
        { name: '역할 1', signers: [rsa], paths: ['한국/*.png', 'one-?.txt'] },
        { name: 'all', signers: [ed[6]], path_hash_prefixes: [...'0123456789abcdef'] },
      ]),
    ),
    [rsa, ed[2]],
  ),
  A: publish(
    '1.A.json',
    targets(
      [target('a/file.png', 'of A')],
      delegate([{ name: 'A-deep', signers: [ed[7]], paths: ['a/deep-*'] }]),
    ),
    [ed[5], ec],
  ),
  'A-deep': publish('1.A-deep.json', targets([target('a/deep-1', 'of A-deep')]), [ed[7]]),
  '역할 1': publish(
    `1.${encodeURIComponent('역할 1')}.json`,
    targets([target('한국/포스터.png', '포스터'), target('one-두.txt', 'a character')]),
    [rsa],
  ),
  all: publish(
    '1.all.json',
    targets([
      target('any/depth/of/path', 'by its hash'),
      new models.TargetFile({ path: 'a/nobody', length: 1, hashes: { sha256: sha256('x') } }),
    ]),
    [ed[6]],
  ),
};
// "A" is terminating for a/*, so "all" cannot say anything of it.
expected['a/nobody'] = null;
expected['missing'] = null;

const meta = {};
for (const [name, bytes] of Object.entries(files)) {
  meta[`${name}.json`] = new models.MetaFile({
    version: 1,
    length: bytes.length,
    hashes: { sha256: sha256(bytes) },
  });
}
const snapshot = publish(
  '1.snapshot.json',
  new models.Snapshot({ ...head, version: 1, meta }),
  [ed[1]],
);
publish(
  'timestamp.json',
  new models.Timestamp({
    ...head,
    version: 1,
    snapshotMeta: new models.MetaFile({
      version: 1,
      length: snapshot.length,
      hashes: { sha256: sha256(snapshot) },
    }),
    unrecognizedFields: { 'x-issued': '2027-02-25T12:00:00Z' },
  }),
  [ed[0]],
);
put('expected.json', JSON.stringify(expected));
