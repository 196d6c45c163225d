// The public face of search: what is found by which words, with facets.
export {
  type Facet,
  FACETS,
  type SearchAnswer,
  type SearchDocument,
  type SearchEngine,
  type SearchFilters,
  type SearchPrice,
  type SearchQuery,
  type SearchSort,
  type SearchWords,
  type Suggestion,
  type Understood,
} from "./document.ts"
export { MemoryIndex, type IndexData } from "./memory/index.ts"
