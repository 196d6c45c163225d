// A till for tests, replays and integrators. What is not exported here does not exist for anyone else.
export { chanceOf, type Chance } from "./seeded.ts"
export { rotatingCode } from "./rotating-code.ts"
export { contentDigest, signedHeaders, type TillKey } from "./signing.ts"
export { type Answer, call, type Calling, enrol, type EnrolledTill, signedRequest } from "./till-client.ts"
export { closeConnections, NoAnswer, type Received, send } from "./transport.ts"
