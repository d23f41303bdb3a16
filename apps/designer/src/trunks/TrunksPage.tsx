import { Badge, Menu, Text } from '@mantine/core';
import { IconGauge, IconPhoneOutgoing, IconServer2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { queries, useMay } from '../api/queries.js';
import type { Trunk } from '../api/types.js';
import { CloserLimitsDialog } from '../limits/CloserLimitsDialog.js';
import { FollowedCall } from '../live/FollowedCall.js';
import { TestCall } from '../live/TestCall.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { UsedBy } from '../uses/UsedBy.js';
import { trunkStateColors, trunkStateNames } from './words.js';

/** The lines to the outside: carriers and other exchanges. */
export function TrunksPage() {
  const { t } = useTranslation();
  const [calling, setCalling] = useState<Trunk | null>(null);
  const [limiting, setLimiting] = useState<Trunk | null>(null);
  const mayLimit = useMay('admin');
  return (
    <ResourcePage<Trunk>
      title={t('Trunks')}
      intro={t(
        'Lines to a carrier or another exchange. A call goes out on the first trunk whose prefixes allow the number, and only within the limits.',
      )}
      add={t('Add a trunk')}
      addIt={t('Add the trunk')}
      path="/trunks"
      query={queries.trunks()}
      role="admin"
      nameOf={({ name }) => name}
      toBody={toBody}
      toValues={(trunk) => ({ ...trunk })}
      columns={[
        { title: t('Name'), cell: ({ name }) => <b>{name}</b> },
        { title: t('Used by'), cell: ({ name }) => <UsedBy kind="trunk" name={name} /> },
        {
          title: t('Address'),
          cell: ({ host, port, transport }) => <span className="mono">{`${host}:${port}/${transport}`}</span>,
        },
        { title: t('Prefixes'), cell: ({ prefixes }) => prefixes.join(', ') || '—' },
        { title: t('Calls at most'), cell: ({ maxCalls }) => maxCalls ?? t('no limit') },
        {
          title: t('State'),
          cell: ({ state, reason }) => (
            <>
              <Badge variant="light" color={trunkStateColors[state]} tt="none">
                {t(trunkStateNames[state])}
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
          label: t('Name'),
          description: t('Scenarios write trunk:NAME/NUMBER'),
          kind: 'text',
          required: true,
          placeholder: 'carrier',
        },
        { name: 'host', label: t('Host'), kind: 'text', required: true, placeholder: 'sip.carrier.example' },
        { name: 'port', label: t('Port'), kind: 'number', initial: 5060 },
        { name: 'transport', label: t('Transport'), kind: 'choice', options: ['udp', 'tcp'], initial: 'udp' },
        { name: 'username', label: t('Username'), kind: 'text' },
        { name: 'password', label: t('Password'), kind: 'password' },
        { name: 'register', label: t('Register with the carrier'), kind: 'switch' },
        {
          name: 'prefixes',
          label: t('Prefixes'),
          description: t('Numbers that may go out here begin with one of these.'),
          kind: 'tags',
          initial: ['+'],
        },
        {
          name: 'sources',
          label: t('Sources'),
          description: t('Networks that its calls come from (CIDR); none: any.'),
          kind: 'tags',
        },
        { name: 'maxCalls', label: t('Calls at the same time, at most'), kind: 'number' },
      ]}
      more={(trunk) => (
        <>
          <Menu.Item leftSection={<IconPhoneOutgoing size={16} />} onClick={() => setCalling(trunk)}>
            {t('Test call…')}
          </Menu.Item>
          {mayLimit && (
            <Menu.Item leftSection={<IconGauge size={16} />} onClick={() => setLimiting(trunk)}>
              {t('Limits…')}
            </Menu.Item>
          )}
        </>
      )}
      deleteText={t('Calls that need it find no way out. Calls in progress go on.')}
      empty={{
        icon: IconServer2,
        title: t('No trunk yet'),
        children: t('Registered phones and scenarios meet without one. A trunk is for calls from and to the outside.'),
      }}
    >
      {calling && (
        <TestCall
          title={t('Call out over {{trunk}}', { trunk: calling.name })}
          to={(number) => `trunk:${calling.name}/${number}`}
          onClose={() => setCalling(null)}
        />
      )}
      {limiting && (
        <CloserLimitsDialog of={{ trunkId: limiting.id }} name={limiting.name} onClose={() => setLimiting(null)} />
      )}
      <FollowedCall />
    </ResourcePage>
  );
}

/** What is left empty is not said. */
const toBody = (values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null));
