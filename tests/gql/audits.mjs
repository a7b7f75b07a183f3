// Plays graphql-http's audits (GraphQL over HTTP) against a running server, as a partner's system
// would ask it; prints one JSON array. The library is one of the web client's own development tools.
import { createRequire } from "node:module";

const [url, client] = process.argv.slice(2);
const { auditServer } = createRequire(client)("graphql-http");

const fetchFn = (address, options = {}) =>
  fetch(address, {
    ...options,
    headers: { ...options.headers, authorization: `Bearer ${process.env.TOKEN}` },
  });

const results = await auditServer({ url, fetchFn });
const shown = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
process.stdout.write(JSON.stringify(shown));
