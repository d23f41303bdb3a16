import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPhoneCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, post } from '../api/client.js';
import type { Phone } from '../api/types.js';
import { Problem } from '../ui/Problem.js';
import { newPassword } from './newPassword.js';
import classes from './WelcomePage.module.css';

export interface NamePhoneProps {
  readonly phones: readonly Phone[];
  /** `password`: of a phone that was just made; nobody can tell it afterwards. */
  readonly onPhone: (phone: Phone, password: string | null) => void;
}

/** A new phone with a password of ours, or one that is there already. */
export function NamePhone({ phones, onPhone }: NamePhoneProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [username, setUsername] = useState('');
  const make = useMutation({
    mutationFn: async () => {
      const password = newPassword();
      return { phone: await post<Phone>('/phones', { username: username.trim(), password }), password };
    },
    onSuccess: async ({ phone, password }) => {
      await client.invalidateQueries({ queryKey: ['phones'] });
      onPhone(phone, password);
    },
  });
  const field = make.error instanceof ApiError ? make.error.fields['username'] : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('Any SIP phone will do: an app on your mobile, a softphone on this computer, a desk phone.')}
        </Text>
        {make.error && field === undefined && <Problem error={make.error} title={t('The phone was not made')} />}
        <TextInput
          label={t('What shall the phone be called?')}
          description={t('A short name: letters, digits, dots and dashes. We make a password for it.')}
          placeholder={t('my-phone')}
          required
          autoFocus
          error={field}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={username.trim() === ''}>
            {t('Make the phone')}
          </Button>
        </Group>
      </Stack>
      {phones.length > 0 && (
        <div className={classes.choice}>
          <Text size="sm" c="dimmed">
            {t('Or take one that is there:')}
          </Text>
          <Group gap="xs">
            {phones.slice(0, 12).map((phone) => (
              <Button
                key={phone.id}
                variant="default"
                leftSection={phone.registered.length > 0 ? <IconPhoneCheck size={16} /> : undefined}
                onClick={() => onPhone(phone, null)}
              >
                {phone.username}
              </Button>
            ))}
          </Group>
        </div>
      )}
    </form>
  );
}
