/**
 * Packages that bring a server and its client, and machines that have only the client: then the client is what can be
 * compared. By catalog id, server → client.
 */
const CLIENTS: Readonly<Record<string, string>> = {
  postgres: 'psql',
  mysqld: 'mysql',
  mariadb: 'mysql',
  redis: 'redis-cli',
};

/** The tool that comes in the same package, to be looked at when the machine does not have the first one. */
export function companionOf(tool: string): string | undefined {
  return Object.hasOwn(CLIENTS, tool) ? CLIENTS[tool] : undefined;
}
