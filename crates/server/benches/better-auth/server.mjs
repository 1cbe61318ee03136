// Better Auth with e-mail address and password, as its documentation has it, in one process of Node on
// a file of SQLite's: at DATABASE, with an account for each address of PEOPLE and one PASSWORD.
//
// The file has the settings of the portal's own (WAL, synchronous FULL). Tries aren't limited, since
// what is measured would be refused, and no cookie holds a copy of the session: each check reads the
// database, as the portal's do.

import { once } from "node:events";
import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import Database from "better-sqlite3";

const { DATABASE, PEOPLE, PASSWORD } = process.env;

const database = new Database(DATABASE);
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");

const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
const baseURL = `http://127.0.0.1:${server.address().port}`;

const auth = betterAuth({
  baseURL,
  secret: "it seals the cookies of a measurement",
  database,
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  session: { cookieCache: { enabled: false } },
  telemetry: { enabled: false },
});

const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
for (const email of PEOPLE.split(",")) {
  await auth.api.signUpEmail({ body: { name: email, email, password: PASSWORD } });
}

server.on("request", toNodeHandler(auth));
console.log(`Better Auth is at ${baseURL}`);
