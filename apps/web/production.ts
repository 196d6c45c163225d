/** React chooses its build when it is first read, by this: pages are served by the one that is fast and says nothing of our insides. Import it before React. */
export const PRODUCTION = (process.env["NODE_ENV"] = "production")
