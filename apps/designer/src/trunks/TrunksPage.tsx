import { Badge, Text } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { queries } from '../api/queries.js';
import type { Trunk } from '../api/types.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { UsedBy } from '../uses/UsedBy.js';

const stateColors = { registered: 'exchange', static: 'exchange', unregistered: 'gray', failed: 'red' } as const;

/** The lines to the outside: carriers and other exchanges. */
export function TrunksPage() {
  return (
    <ResourcePage<Trunk>
      title="Trunks"
      intro="Lines to a carrier or another exchange. A call goes out on the first trunk whose prefixes allow the number, and only within the limits."
      thing="trunk"
      path="/trunks"
      query={queries.trunks()}
      role="admin"
      nameOf={({ name }) => name}
      toBody={toBody}
      toValues={(trunk) => ({ ...trunk })}
      columns={[
        { title: 'Name', cell: ({ name }) => <b>{name}</b> },
        { title: 'Used by', cell: ({ name }) => <UsedBy kind="trunk" name={name} /> },
        {
          title: 'Address',
          cell: ({ host, port, transport }) => <span className="mono">{`${host}:${port}/${transport}`}</span>,
        },
        { title: 'Prefixes', cell: ({ prefixes }) => prefixes.join(', ') || '—' },
        { title: 'Calls at most', cell: ({ maxCalls }) => maxCalls ?? 'no limit' },
        {
          title: 'State',
          cell: ({ state, reason }) => (
            <>
              <Badge variant="light" color={stateColors[state]} tt="none">
                {state}
              </Badge>
              {reason && (
                <Text size="xs" c="dimmed" mt={2}>
                  {reason}
                </Text>
              )}
            </>
          ),
        },
      ]}
      fields={[
        {
          name: 'name',
          label: 'Name',
          description: 'Scenarios write trunk:NAME/NUMBER',
          kind: 'text',
          required: true,
          placeholder: 'carrier',
        },
        { name: 'host', label: 'Host', kind: 'text', required: true, placeholder: 'sip.carrier.example' },
        { name: 'port', label: 'Port', kind: 'number', initial: 5060 },
        { name: 'transport', label: 'Transport', kind: 'choice', options: ['udp', 'tcp'], initial: 'udp' },
        { name: 'username', label: 'Username', kind: 'text' },
        { name: 'password', label: 'Password', kind: 'password' },
        { name: 'register', label: 'Register with the carrier', kind: 'switch' },
        {
          name: 'prefixes',
          label: 'Prefixes',
          description: 'Numbers that may go out here begin with one of these.',
          kind: 'tags',
          initial: ['+'],
        },
        {
          name: 'sources',
          label: 'Sources',
          description: 'Networks that its calls come from (CIDR); none: any.',
          kind: 'tags',
        },
        { name: 'maxCalls', label: 'Calls at the same time, at most', kind: 'number' },
      ]}
      deleteText="Calls that need it find no way out. Calls in progress go on."
      empty={{
        icon: IconServer2,
        title: 'No trunk yet',
        children: 'Registered phones and scenarios meet without one. A trunk is for calls from and to the outside.',
      }}
    />
  );
}

/** What is left empty is not said. */
const toBody = (values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null));
