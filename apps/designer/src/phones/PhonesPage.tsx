import { Badge } from '@mantine/core';
import { IconAddressBook } from '@tabler/icons-react';
import { queries } from '../api/queries.js';
import type { Phone } from '../api/types.js';
import type { Values } from '../resources/ResourceForm.js';
import { ResourcePage } from '../resources/ResourcePage.js';
import { HowToRegister } from './HowToRegister.js';

/** The phones of this workspace: who may register, and who is there. */
export function PhonesPage() {
  return (
    <ResourcePage<Phone>
      title="Phones"
      intro="Softphones and desk phones that register here. They can call every number and each other, and scenarios can call them as phone:username."
      thing="phone"
      path="/phones"
      query={queries.phones()}
      role="operator"
      nameOf={({ username }) => username}
      toBody={withoutEmpty}
      toValues={({ username, displayName }) => ({ username, displayName })}
      columns={[
        { title: 'Username', cell: ({ username }) => <b>{username}</b> },
        { title: 'Name', cell: ({ displayName }) => displayName || '—' },
        { title: 'State', cell: (phone) => <Registered phone={phone} /> },
        { title: 'Realm', cell: ({ realm }) => <span className="mono">{realm}</span> },
      ]}
      fields={[
        {
          name: 'username',
          label: 'Username',
          description: 'What the phone logs in with, and what scenarios call: phone:username',
          kind: 'text',
          required: true,
          placeholder: 'sales',
          onlyNew: true,
        },
        {
          name: 'password',
          label: 'Password',
          description: 'Never shown again. Write it into the phone now.',
          kind: 'password',
          required: true,
        },
        { name: 'displayName', label: 'Name', kind: 'text', placeholder: 'Sales desk' },
      ]}
      deleteText="It can no longer register, and its registration ends."
      empty={{
        icon: IconAddressBook,
        title: 'No phone yet',
        children:
          'Make one with a username and a password, then enter both in any SIP softphone. When it is registered, dial a number of yours and hear the scenario.',
      }}
    >
      <HowToRegister />
    </ResourcePage>
  );
}

const withoutEmpty = (values: Values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

function Registered({ phone }: { phone: Phone }) {
  if (phone.registered.length === 0) {
    return (
      <Badge variant="light" color="gray" tt="none">
        not registered
      </Badge>
    );
  }
  return (
    <Badge variant="light" tt="none" title={phone.registered.map(({ contact }) => contact).join('\n')}>
      {phone.registered.length === 1 ? 'registered' : `registered, ${phone.registered.length} times`}
    </Badge>
  );
}
