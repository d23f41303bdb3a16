import { Burger, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation, useNavigation } from 'react-router';
import { useMay } from '../api/queries.js';
import { AccountMenu } from './AccountMenu.js';
import { navigation, type Place } from './navigation.js';
import { Wordmark } from './Wordmark.js';
import classes from './Shell.module.css';

/** The frame of every page but the editor: the rail at the left, the page beside it. */
export function Shell() {
  const { t } = useTranslation();
  const [open, { toggle, close }] = useDisclosure(false);
  const location = useLocation();
  const loading = useNavigation().state === 'loading';
  useEffect(close, [location.pathname, close]);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {t('Skip to the page')}
      </a>
      <header className={classes.bar}>
        <Burger opened={open} onClick={toggle} size="sm" aria-label={open ? t('Close the menu') : t('Open the menu')} />
        <Link to="/scenarios" className={classes.home}>
          <Wordmark />
        </Link>
      </header>
      <nav className={classes.rail} data-open={open || undefined} aria-label={t('Main')}>
        <Link to="/scenarios" className={classes.home} aria-label={t('Callwright, to the scenarios')}>
          <Wordmark />
        </Link>
        <div className={classes.places}>
          {navigation.map((section) => (
            <Section key={section.title} title={section.title} places={section.places} />
          ))}
        </div>
        <AccountMenu />
      </nav>
      <main id="main" className={classes.main} tabIndex={-1}>
        {loading && <Loader size="xs" className={classes.loading} aria-label={t('Loading')} />}
        <Outlet />
      </main>
    </div>
  );
}

function Section({ title, places }: { title: string; places: readonly Place[] }) {
  const { t } = useTranslation();
  const admin = useMay('admin');
  const visible = places.filter((place) => place.role !== 'admin' || admin);
  return (
    <div className={classes.section}>
      <p className={classes.sectionTitle}>{t(title)}</p>
      {visible.map(({ to, label, icon: Icon, end = false }) => (
        <NavLink key={to} to={to} end={end} className={classes.place}>
          <Icon size={18} stroke={1.7} aria-hidden />
          <span>{t(label)}</span>
        </NavLink>
      ))}
    </div>
  );
}
