import { ActionIcon, Group, Slider, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PageViewer.module.css';

const THUMBNAIL = 120;
/** As wide as the pixels of the line. */
const WHOLE = 1728;

/** The pages of a fax, to turn and to look at closely. */
export function PageViewer({ fax, pages }: { fax: string; pages: number }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(40);
  const address = (number: number, width: number) => `/api/faxes/${fax}/pages/${number}?width=${width}`;
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  return (
    <div className={classes.viewer}>
      <ol className={classes.strip} aria-label={t('Pages')}>
        {numbers.map((number) => (
          <li key={number}>
            <button
              type="button"
              className={classes.thumbnail}
              aria-current={number === page ? 'page' : undefined}
              aria-label={t('Page {{page}}', { page: number })}
              onClick={() => setPage(number)}
            >
              <img src={address(number, THUMBNAIL)} alt="" width={THUMBNAIL / 2} loading="lazy" />
            </button>
          </li>
        ))}
      </ol>
      <div className={classes.main}>
        <Group justify="space-between" wrap="nowrap" className={classes.tools}>
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="default"
              aria-label={t('Page before')}
              disabled={page === 1}
              onClick={() => setPage(page - 1)}
            >
              <IconChevronLeft size={16} />
            </ActionIcon>
            <Text className="tabular" aria-live="polite">
              {t('{{page}} of {{pages}}', { page, pages })}
            </Text>
            <ActionIcon
              variant="default"
              aria-label={t('Next page')}
              disabled={page === pages}
              onClick={() => setPage(page + 1)}
            >
              <IconChevronRight size={16} />
            </ActionIcon>
          </Group>
          <Slider
            className={classes.zoom}
            min={20}
            max={100}
            value={zoom}
            onChange={setZoom}
            label={(value) => `${value} %`}
            thumbLabel={t('Zoom')}
          />
        </Group>
        <div className={classes.paper} tabIndex={0} role="region" aria-label={t('Page {{page}}', { page })}>
          <img src={address(page, WHOLE)} alt={t('Page {{page}}', { page })} width={Math.round((WHOLE * zoom) / 100)} />
        </div>
      </div>
    </div>
  );
}
