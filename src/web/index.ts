// The pages in the browser: the console (tickets, policies, outbox, accounts), the playground, and what both are built of.
// Must not know the server's code, only the types of its API.
export {}
