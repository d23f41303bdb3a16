import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { commitOf } from './commit-of.js';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const seconds = (fallback: number) => z.coerce.number().int().min(0).max(86_400).default(fallback);
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
const hostAndPort = z.string().regex(/^[^\s:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i, 'must be host:port');

/** Every variable of the environment that the product reads. The reference page is generated from this schema. */
export const environmentSchema = z.object({
  HTTP_PORT: port(3000).meta({ description: 'TCP port of the API and the designer; 0 takes any free one.' }),
  HTTP_HOST: z.string().min(1).default('0.0.0.0').meta({ description: 'Address that the HTTP server binds to.' }),
  SIP_PORT: port(5060).meta({ description: 'UDP and TCP port of the SIP server; 0 takes any free one.' }),
  SIP_HOST: z.string().min(1).default('0.0.0.0').meta({ description: 'Address that the SIP server binds to.' }),
  PUBLIC_ADDRESS: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Address that SDP and Contact name; unset: the address of the route to the peer.' }),
  RTP_PORT_MIN: z.coerce
    .number()
    .int()
    .min(1024)
    .max(65_534)
    .default(10_000)
    .meta({ description: 'First UDP port for audio.' }),
  RTP_PORT_MAX: z.coerce
    .number()
    .int()
    .min(1025)
    .max(65_535)
    .default(20_000)
    .meta({ description: 'Last UDP port for audio.' }),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .transform((path) => resolve(path))
    .meta({ description: 'Folder for the SQLite database, the secret key, media and recordings.' }),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional()
    .meta({ description: 'PostgreSQL database; unset: SQLite in the data folder.' }),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis://')
    .optional()
    .meta({ description: 'Redis through which several instances share events; unset: one process.' }),
  INSTANCE_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional()
    .meta({
      description:
        'Name of this process among several on one database and data folder; unset: one kept in the data folder.',
    }),
  TELEPHONY: z
    .enum(['embedded', 'drachtio'])
    .default('embedded')
    .meta({ description: 'Who speaks SIP and RTP: the embedded engine, or drachtio-server with FreeSWITCH.' }),
  DRACHTIO_URL: hostAndPort.optional().meta({ description: 'host:port of drachtio-server.' }),
  DRACHTIO_SECRET: z
    .string()
    .default('cymru')
    .meta({ description: 'Shared secret of drachtio-server; unset: the one that it comes with.' }),
  FREESWITCH_URLS: list.pipe(z.array(hostAndPort)).meta({
    description: 'Event sockets of FreeSWITCH, a comma list of host:port; the first that answers has the calls.',
  }),
  FREESWITCH_SECRET: z
    .string()
    .default('ClueCon')
    .meta({ description: 'Password of the FreeSWITCH event sockets; unset: the one that it comes with.' }),
  ADMIN_EMAIL: z
    .email()
    .optional()
    .meta({ description: 'E-mail address of the first administrator; instead of the set-up link.' }),
  ADMIN_PASSWORD: z
    .string()
    .min(8)
    .max(200)
    .optional()
    .meta({ description: 'Password of the first administrator, at least 8 characters.' }),
  EGRESS_ALLOW: list
    .pipe(z.array(z.string().refine(isHostOrCidr, 'must be a host, an address or a CIDR')))
    .meta({ description: 'Hosts or CIDRs that HTTP, SIP and RTP may reach although they are private; a comma list.' }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .meta({ description: 'The least important log lines that are written.' }),
  SHUTDOWN_SECONDS: seconds(300).meta({ description: 'How long running calls may go on after SIGTERM.' }),
  MAX_CALLS: z.coerce
    .number()
    .int()
    .min(1)
    .default(2000)
    .meta({ description: 'Calls at once; more are refused with 503.' }),
  MAX_CALLS_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .default(200)
    .meta({ description: 'New calls a second; more are refused with 503.' }),
  MAX_LOOP_LAG_MS: z.coerce.number().int().min(10).default(250).meta({
    description: 'New calls are refused while the event loop is later than this in two seconds running, in ms.',
  }),
  MAX_MEDIA_LATE_MS: z.coerce.number().int().min(10).default(120).meta({
    description: 'New calls are refused while audio leaves later than this (p99) in two seconds running, in ms.',
  }),
  MAX_MEMORY_MB: z.coerce
    .number()
    .int()
    .min(128)
    .default(4096)
    .meta({ description: 'New calls are refused above this resident size, in MiB.' }),
  MEDIA_QUOTA_MB: z.coerce
    .number()
    .int()
    .min(1)
    .default(1024)
    .meta({ description: 'Largest size of the stored media of one workspace, in MiB.' }),
  METRICS_BIND: hostAndPort
    .optional()
    .meta({ description: 'host:port of a server of its own for /metrics; unset: /metrics is served with the API.' }),
});

export type Environment = z.output<typeof environmentSchema>;

export interface Config extends Environment {
  /** The folder that holds the built page, or null. */
  readonly designerDir: string | null;
  readonly version: string;
  readonly commit: string;
}

/** Thrown once, with everything that is wrong. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is one that is not set: that is how compose files and shells leave things out.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(given);
  const problems = parsed.success
    ? combinations(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems);
  const root = resolve(import.meta.dirname, '../../../../..');
  return {
    ...parsed.data,
    designerDir: resolve(root, 'apps/designer/dist'),
    version: (JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string }).version,
    commit: commitOf(root),
  };
}

function combinations(environment: Environment): string[] {
  const problems: string[] = [];
  if ((environment.ADMIN_EMAIL === undefined) !== (environment.ADMIN_PASSWORD === undefined)) {
    problems.push('ADMIN_EMAIL, ADMIN_PASSWORD: set both or none');
  }
  if (environment.RTP_PORT_MIN >= environment.RTP_PORT_MAX) problems.push('RTP_PORT_MIN: must be below RTP_PORT_MAX');
  if (environment.TELEPHONY === 'drachtio' && environment.DRACHTIO_URL === undefined) {
    problems.push('DRACHTIO_URL: needed with TELEPHONY=drachtio');
  }
  if (environment.TELEPHONY === 'drachtio' && environment.FREESWITCH_URLS.length === 0) {
    problems.push('FREESWITCH_URLS: needed with TELEPHONY=drachtio');
  }
  return problems;
}

function isHostOrCidr(text: string): boolean {
  if (text.includes('/')) return ipaddr.isValidCIDR(text);
  return ipaddr.isValid(text) || /^[a-z0-9.-]+$/i.test(text);
}
