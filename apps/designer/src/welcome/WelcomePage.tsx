import { Button, Group, Stepper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries } from '../api/queries.js';
import type { Phone } from '../api/types.js';
import { ConnectWays } from '../phones/ConnectPhone.js';
import { RegisteredState } from '../phones/RegisteredState.js';
import { Page } from '../ui/Page.js';
import { Sheet } from '../ui/Sheet.js';
import { LetItRing } from './LetItRing.js';
import { NamePhone } from './NamePhone.js';
import classes from './WelcomePage.module.css';

/** The first five minutes: from nothing to the person's own phone, ringing with a scenario of theirs. */
export function WelcomePage() {
  const { t } = useTranslation();
  const [made, setMade] = useState<{ readonly phone: Phone; readonly password: string | null } | null>(null);
  const [ringing, setRinging] = useState(false);
  const phones = useQuery({ ...queries.phones(), refetchInterval: 1500 });
  const phone = made === null ? null : (phones.data?.find(({ id }) => id === made.phone.id) ?? made.phone);
  const there = phone !== null && phone.registered.length > 0;
  const step = phone === null ? 0 : ringing ? 2 : 1;
  return (
    <Page
      title={t('Let your phone ring')}
      intro={t(
        'Three steps, about three minutes: a phone, its connection, and a call that a scenario of yours answers.',
      )}
      actions={
        <Button component={Link} to="/scenarios" variant="subtle" color="gray">
          {t('Skip this')}
        </Button>
      }
    >
      <Sheet padded label={t('First steps')}>
        <Stepper active={step} size="sm" classNames={{ content: classes.content, steps: classes.steps }}>
          <Stepper.Step label={t('Your phone')}>
            <NamePhone phones={phones.data ?? []} onPhone={(one, password) => setMade({ phone: one, password })} />
          </Stepper.Step>
          <Stepper.Step label={t('Connect it')}>
            {made !== null && phone !== null && (
              <>
                <RegisteredState phone={phone} />
                <div className={classes.ways}>
                  <ConnectWays phone={phone} password={made.password} />
                </div>
                <Group justify="space-between">
                  <Button variant="default" onClick={() => setMade(null)}>
                    {t('Back')}
                  </Button>
                  <Button disabled={!there} onClick={() => setRinging(true)}>
                    {t('Go on')}
                  </Button>
                </Group>
                {!there && (
                  <Text size="sm" c="dimmed" mt="md">
                    {t(
                      'Nothing happens? The phone must reach this machine: same network, no VPN, and UDP let through to the port above.',
                    )}
                  </Text>
                )}
              </>
            )}
          </Stepper.Step>
          <Stepper.Step label={t('Let it ring')}>{phone !== null && <LetItRing phone={phone} />}</Stepper.Step>
        </Stepper>
      </Sheet>
    </Page>
  );
}
