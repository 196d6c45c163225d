// The database as the programs see it: a real PostgreSQL, embedded or by URL, brought to the newest schema.
export { startEmbedded, type Embedded } from "./embedded.ts"
export { APP_ROLE, migrate, type Migrated } from "./migrate.ts"
