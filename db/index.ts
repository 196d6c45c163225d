// The database as the programs see it: a real PostgreSQL, embedded or by URL, brought to the newest schema.
export { type Embedded, FolderTaken, runningEmbedded, startEmbedded } from "./embedded.ts"
export { keepEmbedded, type KeptEmbedded } from "./keep-embedded.ts"
export { APP_ROLE, migrate, type Migrated, unapplied } from "./migrate.ts"
