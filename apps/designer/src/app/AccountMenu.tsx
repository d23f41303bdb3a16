import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSelector, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.js';
import { useMe } from '../api/queries.js';
import { msg } from '../i18n/i18n.js';
import { LanguageItems } from './LanguageItems.js';
import { roleNames } from './roles.js';
import { queryClient } from './queryClient.js';
import { notify } from '../ui/notify.js';
import classes from './AccountMenu.module.css';

const schemes = [
  { value: 'light', label: msg('Light'), icon: IconSun },
  { value: 'dark', label: msg('Dark'), icon: IconMoon },
  { value: 'auto', label: msg('As the system'), icon: IconDeviceDesktop },
] as const;

/** Who is signed in; theme, language and log-out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const logOut = useMutation({
    mutationFn: () => request('POST', '/auth/logout'),
    onSuccess: () => {
      queryClient.clear();
      window.location.assign('/login');
    },
    onError: (error) => notify.failed(t('Could not log out'), error),
  });
  if (!me) return null;
  const name = me.name ?? me.email;
  return (
    <Menu position="top-start" width={212}>
      <Menu.Target>
        <UnstyledButton className={classes.account}>
          <span className={classes.initial} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.who}>
            <span className={classes.name}>{name}</span>
            <span className={classes.role}>{t(roleNames[me.role])}</span>
          </span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('Theme')}</Menu.Label>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? <IconCheck size={14} /> : null}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => logOut.mutate()}>
          {t('Log out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
