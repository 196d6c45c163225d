import fc from "fast-check"

// Properties are tried with the same cases in every run, so that none fails by chance where nobody changed anything; whoever looks for what nobody has seen
// names another seed: PROPERTY_SEED=$RANDOM npm test -- modules/loyalty. tools/test.ts loads this before the tests.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env["PROPERTY_SEED"] ?? 7) })
