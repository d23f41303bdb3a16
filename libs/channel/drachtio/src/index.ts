export {
  DrachtioTelephony,
  placeOfServer,
  type DrachtioTelephonyOptions,
  type ServerPlace,
} from './drachtio-telephony.js';
