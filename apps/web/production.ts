// React chooses its build when it is first read; pages are served by the one that is fast and says nothing of our insides.
process.env["NODE_ENV"] = "production"
