import { Drawer, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDeviceDesktop, IconDeviceMobile, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queries, useMay } from '../api/queries.js';
import type { Phone } from '../api/types.js';
import { PhoneSettings } from './PhoneSettings.js';
import { RegisteredState } from './RegisteredState.js';
import { ScanToConnect } from './ScanToConnect.js';

/** How this very phone is connected: by a scan, in a softphone, at a desk phone. */
export function ConnectPhone({ phone: given, onClose }: { phone: Phone; onClose: () => void }) {
  const { t } = useTranslation();
  const phones = useQuery(queries.phones());
  const phone = phones.data?.find(({ id }) => id === given.id) ?? given;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(560px, 100vw)"
      title={t('Connect {{phone}}', { phone: phone.username })}
    >
      <Stack>
        <RegisteredState phone={phone} />
        <ConnectWays phone={phone} />
      </Stack>
    </Drawer>
  );
}

/** The ways to connect, for the page and for the first run. */
export function ConnectWays({ phone, password = null }: { phone: Phone; password?: string | null }) {
  const { t } = useTranslation();
  const mayScan = useMay('admin');
  return (
    <Tabs defaultValue="computer" keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="computer" leftSection={<IconDeviceDesktop size={16} />}>
          {t('Computer')}
        </Tabs.Tab>
        {mayScan && (
          <Tabs.Tab value="mobile" leftSection={<IconDeviceMobile size={16} />}>
            {t('Mobile phone')}
          </Tabs.Tab>
        )}
        <Tabs.Tab value="desk" leftSection={<IconPhone size={16} />}>
          {t('Desk phone')}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="computer">
        <Text size="sm" c="dimmed" mb="md">
          {t('Any SIP softphone will do: Linphone, MicroSIP, Zoiper, Telephone. Add a SIP account with these values.')}
        </Text>
        <PhoneSettings phone={phone} password={password} />
      </Tabs.Panel>
      {mayScan && (
        <Tabs.Panel value="mobile">
          <ScanToConnect phone={phone} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="desk">
        <Text size="sm" c="dimmed" mb="md">
          {t('In the page of the phone itself, under “Account” or “SIP”. The authentication name is the username.')}
        </Text>
        <PhoneSettings phone={phone} password={password} />
      </Tabs.Panel>
    </Tabs>
  );
}
