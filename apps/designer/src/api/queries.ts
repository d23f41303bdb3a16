import { queryOptions, useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { NameKind } from '@callwright/nodes';
import { get, patch, post, put, remove } from './client.js';
import type {
  AuditItem,
  Call,
  CallPaths,
  CallSummary,
  Environment,
  Limits,
  Media,
  NameReadiness,
  NumberBinding,
  Page,
  Person,
  Phone,
  Promotion,
  Scenario,
  ScenarioItem,
  ScenarioVersion,
  StoredTest,
  Schedule,
  Secret,
  SipMessage,
  Trunk,
  Uses,
  Version,
  VersionItem,
  Voice,
  Webhook,
  WebhookDelivery,
} from './types.js';

/** Every page of a list. A workspace's own things are few (tens, at most hundreds); calls are read page by page instead. */
export async function getAll<T>(path: string, signal?: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '?limit=200' : `?limit=200&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<T> = await get<Page<T>>(`${path}${query}`, signal);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

const list = <T>(key: string, path = `/${key}`) =>
  queryOptions({ queryKey: [key], queryFn: ({ signal }) => getAll<T>(path, signal) });

export const testsKey = (scenario: string): QueryKey => ['scenarios', scenario, 'tests'];

/** What the pages read, each with the key under which it is kept. */
export const queries = {
  me: () =>
    queryOptions({
      queryKey: ['me'],
      queryFn: async ({ signal }) => (await get<{ user: Person }>('/auth/me', signal)).user,
      staleTime: Infinity,
      retry: false,
    }),
  version: () =>
    queryOptions({
      queryKey: ['version'],
      queryFn: ({ signal }) => get<Version>('/version', signal),
      staleTime: Infinity,
    }),
  scenarios: () => list<ScenarioItem>('scenarios'),
  scenario: (id: string) =>
    queryOptions({ queryKey: ['scenarios', id], queryFn: ({ signal }) => get<Scenario>(`/scenarios/${id}`, signal) }),
  versions: (id: string) =>
    queryOptions({
      queryKey: ['scenarios', id, 'versions'],
      queryFn: ({ signal }) => getAll<VersionItem>(`/scenarios/${id}/versions`, signal),
    }),
  versionOf: (id: string, version: number) =>
    queryOptions({
      queryKey: ['scenarios', id, 'versions', version],
      queryFn: ({ signal }) => get<ScenarioVersion>(`/scenarios/${id}/versions/${version}`, signal),
      staleTime: Infinity,
    }),
  scenarioTests: (id: string) =>
    queryOptions({
      queryKey: testsKey(id),
      queryFn: ({ signal }) => getAll<StoredTest>(`/scenarios/${id}/tests`, signal),
    }),
  numbers: () => list<NumberBinding>('numbers'),
  phones: () => queryOptions({ ...list<Phone>('phones'), refetchInterval: 5000 }),
  trunks: () => queryOptions({ ...list<Trunk>('trunks'), refetchInterval: 5000 }),
  schedules: () => list<Schedule>('schedules'),
  secrets: () => list<Secret>('secrets'),
  media: () => list<Media>('media'),
  uses: (kind: NameKind) =>
    queryOptions({
      queryKey: ['uses', kind],
      queryFn: async ({ signal }) => (await get<Page<Uses>>(`/uses?kind=${kind}`, signal)).items,
    }),
  voices: () =>
    queryOptions({
      queryKey: ['voices'],
      queryFn: async ({ signal }) => (await get<Page<Voice>>('/speech/voices', signal)).items,
      staleTime: Infinity,
    }),
  limits: () => queryOptions({ queryKey: ['limits'], queryFn: ({ signal }) => get<Limits>('/limits', signal) }),
  call: (id: string) =>
    queryOptions({ queryKey: ['calls', id], queryFn: ({ signal }) => get<Call>(`/calls/${id}`, signal) }),
  environments: () => list<Environment>('environments'),
  environment: (id: string) =>
    queryOptions({
      queryKey: ['environments', id],
      queryFn: ({ signal }) => get<Environment>(`/environments/${id}`, signal),
    }),
  readiness: (id: string, scenarioId: string, version: number) =>
    queryOptions({
      queryKey: ['environments', id, 'readiness', scenarioId, version],
      queryFn: ({ signal }) =>
        get<{ ready: boolean; names: readonly NameReadiness[] }>(
          `/environments/${id}/readiness?${new URLSearchParams({ scenarioId, version: String(version) })}`,
          signal,
        ),
    }),
  promotions: (id: string) =>
    queryOptions({
      queryKey: ['environments', id, 'promotions'],
      queryFn: ({ signal }) => getAll<Promotion>(`/environments/${id}/promotions`, signal),
    }),
  webhooks: () => list<Webhook>('webhooks'),
  webhook: (id: string) =>
    queryOptions({ queryKey: ['webhooks', id], queryFn: ({ signal }) => get<Webhook>(`/webhooks/${id}`, signal) }),
  deliveries: (id: string) =>
    queryOptions({
      queryKey: ['webhooks', id, 'deliveries'],
      queryFn: async ({ signal }) => (await get<Page<WebhookDelivery>>(`/webhooks/${id}/deliveries`, signal)).items,
    }),
  audit: (filters: Readonly<Record<string, string>>, cursor: string | null) =>
    queryOptions({
      queryKey: ['audit', filters, cursor],
      queryFn: ({ signal }) => {
        const query = new URLSearchParams({ limit: '50', ...filters, ...(cursor === null ? {} : { cursor }) });
        return get<Page<AuditItem>>(`/audit?${query}`, signal);
      },
    }),
  signalling: (id: string) =>
    queryOptions({
      queryKey: ['calls', id, 'signalling'],
      queryFn: async ({ signal }) => (await get<Page<SipMessage>>(`/calls/${id}/signalling`, signal)).items,
    }),
  callPaths: (filters: Readonly<Record<string, string>>) =>
    queryOptions({
      queryKey: ['calls', 'paths', filters],
      queryFn: ({ signal }) => get<CallPaths>(`/calls/paths?${new URLSearchParams(filters)}`, signal),
    }),
  calls: (filters: Readonly<Record<string, string>>, cursor: string | null) =>
    queryOptions({
      queryKey: ['calls', filters, cursor],
      queryFn: ({ signal }) => {
        const query = new URLSearchParams({ limit: '50', ...filters, ...(cursor === null ? {} : { cursor }) });
        return get<Page<CallSummary>>(`/calls?${query}`, signal);
      },
    }),
};

export const useMe = () => useQuery(queries.me());

/** Whether the signed-in person may do what `role` may: each role has all before it. */
export function useMay(role: Person['role']): boolean {
  const { data } = useMe();
  const order = ['viewer', 'editor', 'operator', 'admin'];
  return data !== undefined && order.indexOf(data.role) >= order.indexOf(role);
}

/** Changes one kind of stored object and reads its list again. */
export function useResource<T>(path: string, keys: readonly QueryKey[] = [[path.slice(1)]]) {
  const client = useQueryClient();
  const refresh = () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  return {
    create: useMutation({ mutationFn: (body: unknown) => post<T>(path, body), onSuccess: refresh }),
    update: useMutation({
      mutationFn: ({ id, body }: { id: string; body: unknown }) => patch<T>(`${path}/${id}`, body),
      onSuccess: refresh,
    }),
    replace: useMutation({ mutationFn: (body: unknown) => put<T>(path, body), onSuccess: refresh }),
    remove: useMutation({
      mutationFn: ({ id, force }: { id: string; force: boolean }) =>
        remove(`${path}/${encodeURIComponent(id)}${force ? '?force=true' : ''}`),
      onSuccess: refresh,
    }),
  };
}
