/** What to put into the settings of an AI client, so that it starts oatty with the files of this set-up. */

export interface ClientConfig {
  readonly mcpServers: {
    readonly oatty: {
      readonly command: 'oatty';
      readonly args: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
    };
  };
}

/** Clients start it with few variables, so those that say where the files are go along. No secret does. */
export function toClientConfig(env: Readonly<Record<string, string | undefined>>): ClientConfig {
  const entries = places.flatMap((name) => {
    const value = env[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  const oatty = { command: 'oatty', args: ['mcp'] } as const;
  return {
    mcpServers: { oatty: entries.length === 0 ? oatty : { ...oatty, env: Object.fromEntries(entries) } },
  };
}

// --- internal ---

const places = [
  'REGISTRY_CONFIG_PATH',
  'REGISTRY_CATALOGS_PATH',
  'REGISTRY_WORKFLOWS_PATH',
  'OATTY_STATE_PATH',
  'MCP_CONFIG_PATH',
  'OATTY_SECRETS_BACKEND',
];
