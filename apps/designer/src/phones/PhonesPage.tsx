import { Badge, Menu } from '@mantine/core';
import { IconAddressBook, IconPhoneOutgoing, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { Phone } from '../api/types.js';
import { FollowedCall } from '../live/FollowedCall.js';
import { TestCall } from '../live/TestCall.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { ConnectPhone } from './ConnectPhone.js';

/** The phones of this workspace: who may register, and who is there. */
export function PhonesPage() {
  const { t } = useTranslation();
  const [connecting, setConnecting] = useState<Phone | null>(null);
  const [ringing, setRinging] = useState<Phone | null>(null);
  return (
    <ResourcePage<Phone>
      title={t('Phones')}
      intro={t(
        'Softphones and desk phones that register here. They can call every number and each other, and scenarios can call them as phone:username.',
      )}
      add={t('Add a phone')}
      addIt={t('Add the phone')}
      path="/phones"
      query={queries.phones()}
      role="admin"
      nameOf={({ username }) => username}
      toBody={withoutEmpty}
      toValues={({ username, displayName }) => ({ username, displayName })}
      columns={[
        { title: t('Username'), cell: ({ username }) => <b>{username}</b> },
        { title: t('Name'), cell: ({ displayName }) => displayName || '—' },
        { title: t('State'), cell: (phone) => <Registered phone={phone} /> },
        { title: t('Realm'), cell: ({ realm }) => <span className="mono">{realm}</span> },
      ]}
      fields={[
        {
          name: 'username',
          label: t('Username'),
          description: t('What the phone logs in with, and what scenarios call: phone:username'),
          kind: 'text',
          required: true,
          placeholder: 'sales',
          onlyNew: true,
        },
        {
          name: 'password',
          label: t('Password'),
          description: t('Never shown again. Write it into the phone now.'),
          kind: 'password',
          required: true,
        },
        { name: 'displayName', label: t('Name'), kind: 'text', placeholder: t('Sales desk') },
      ]}
      more={(phone) => (
        <>
          <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={() => setConnecting(phone)}>
            {t('Connect…')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPhoneOutgoing size={16} />}
            disabled={phone.registered.length === 0}
            onClick={() => setRinging(phone)}
          >
            {t('Ring it…')}
          </Menu.Item>
        </>
      )}
      created={(phone, close) => <ConnectPhone phone={phone} onClose={close} />}
      deleteText={t('It can no longer register, and its registration ends.')}
      empty={{
        icon: IconAddressBook,
        title: t('No phone yet'),
        children: t(
          'Make one with a username and a password, then enter both in any SIP softphone. When it is registered, dial a number of yours and hear the scenario.',
        ),
      }}
    >
      {connecting && <ConnectPhone phone={connecting} onClose={() => setConnecting(null)} />}
      {ringing && (
        <TestCall
          title={t('Ring {{phone}}', { phone: ringing.username })}
          to={`phone:${ringing.username}`}
          onClose={() => setRinging(null)}
        />
      )}
      <FollowedCall />
    </ResourcePage>
  );
}

const withoutEmpty = (values: Values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

function Registered({ phone }: { phone: Phone }) {
  const { t } = useTranslation();
  if (phone.registered.length === 0) {
    return (
      <Badge variant="light" color="gray" tt="none">
        {t('not registered')}
      </Badge>
    );
  }
  return (
    <Badge variant="light" tt="none" title={phone.registered.map(({ contact }) => contact).join('\n')}>
      {phone.registered.length === 1
        ? t('registered')
        : t('registered, {{times}} times', { times: phone.registered.length })}
    </Badge>
  );
}
