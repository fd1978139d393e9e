import type { SicdMetadata } from '../../../../src/domain/sensor-models/sicd-metadata.js';
import type { SiddMetadata } from '../../../../src/domain/sensor-models/sidd-metadata.js';

/**
 * Figures of published products: the values that their projection depends on, and the corners that
 * their own processors computed from them, as [latitude, longitude] of the pixels first row and first
 * column, first row and last column, last and last, last row and first column.
 */
export interface PublishedExample<Metadata> {
  metadata: Metadata;
  corners: readonly (readonly [number, number])[];
}

/** The synthetic PFA spotlight image among the test data of sarpy (example.sicd.xml): squinted, looking left. */
export const PFA_SPOTLIGHT: PublishedExample<SicdMetadata> = {
  metadata: {
    size: { row: 1494, column: 1723 },
    firstPixel: { row: 0, column: 0 },
    sceneCentrePixel: { row: 747, column: 861 },
    sceneCentre: { x: 6378137, y: 0, z: 0 },
    grid: {
      type: 'RGAZIM',
      algorithm: 'PFA',
      polarAngle: [
        -0.0071413060968959627, 0.004245118151048095, 3.303261280436797e-6, -2.152475729568344e-8, -5.5340201006749593e-11,
        1.6174039129702326e-13, 1.2038148814517427e-15, -1.0008410326624715e-16, 1.6819824323114349e-17, -1.1931290667377136e-18,
      ],
      spatialFrequencyScale: [
        0.99999143699142279, 2.1389170906735031e-5, 0.051388964320644458, 0.0048322065140747042, -0.020014437732713723,
        0.0023716850734943114, 0.14153200650672734, 4.5834686287659396, -1395.0901983623608,
      ],
    },
    rowDirection: { x: -0.50000122375786304, y: -0.15037583977714006, z: -0.8528692064148875 },
    columnDirection: { x: -0.13518643844872713, y: 0.98628938466763816, z: -0.094646059985916131 },
    spacingMetres: { row: 0.88229809656554448, column: 0.8788669876603048 },
    apertureTime: [[1.6800674762530383]],
    sensorPosition: {
      x: [7228127.9124448663, 352.53242998756502, -3.5891719134975157, -5.7694198643316104e-5, 2.7699968593303768e-7, 2.1592636134572539e-9],
      y: [268129.91744542622, -7332.3823879634392, -0.13313219332893028, 0.0012135963117010783, 1.0196690368353028e-8, 1.3607911396273635e-11],
      z: [1451527.4824241539, -401.08990372640221, -0.72076439428225647, 6.6511087447480695e-5, 5.6690990559856781e-8, 3.2123861103114586e-10],
    },
    look: 1,
  },
  corners: [
    [0.0080807974971151136, -0.0061258326901634519],
    [0.0056733384282420182, 0.0074368679872295704],
    [-0.008071597406306948, 0.0061267096368526897],
    [-0.0056641383373949505, -0.0074359910405444127],
  ],
};

/** The synthetic range migration image among the test data of sarpy (example.sicd.rma.xml), on an XRGYCR grid. */
export const RMA_SPOTLIGHT: PublishedExample<SicdMetadata> = {
  metadata: {
    size: { row: 1491, column: 1773 },
    firstPixel: { row: 0, column: 0 },
    sceneCentrePixel: { row: 745, column: 886 },
    sceneCentre: { x: 6378137, y: 0, z: 0 },
    grid: { type: 'XRGYCR' },
    rowDirection: { x: -0.4999996777623892, y: -0.15037599477345914, z: -0.8528700852344376 },
    columnDirection: { x: -0.1351875076070428, y: 0.9862892688060626, z: -0.0946457389429345 },
    spacingMetres: { row: 0.8764718936120963, column: 0.8384934792671196 },
    apertureTime: [[1.6800674834531517]],
    sensorPosition: {
      x: [7228127.912172245, 352.5324304976341, -3.589171823565171, -5.775512441827908e-5, 2.9439757250673563e-7, 3.347450914408521e-10],
      y: [268129.91754565184, -7332.382389316185, -0.1331321942213263, 0.0012135943340884567, 1.0781763144046816e-8, -4.9989135258628886e-11],
      z: [1451527.4819836628, -401.0899032323167, -0.7207643788301279, 6.649751510936382e-5, 6.061667359346962e-8, -1.0048502370615844e-10],
    },
    look: 1,
  },
  corners: [
    [0.00799513783337124, -0.006008128184945283],
    [0.005631615545468088, 0.007307024777172993],
    [-0.00799513783337124, 0.006008128184945283],
    [-0.005631615545468088, -0.007307024777172993],
  ],
};

/** A Capella stripmap image among the test data of osml-imagery-toolkit (example.sicd121.capella.xml): zero Doppler, looking right. */
export const INCA_STRIPMAP: PublishedExample<SicdMetadata> = {
  metadata: {
    size: { row: 5388, column: 19083 },
    firstPixel: { row: 0, column: 0 },
    sceneCentrePixel: { row: 2694, column: 9541 },
    sceneCentre: { x: 5271232.528561848, y: -703918.7036014228, z: 3509547.755004264 },
    grid: {
      type: 'RGZERO',
      algorithm: 'INCA',
      closestApproachTime: [2.1736857003333334, 0.000150937408161923],
      closestApproachRangeMetres: 712352.4341635579,
      dopplerRateScale: [[0.9144184293995976]],
    },
    rowDirection: { x: -0.2313169281599637, y: 0.3556237170721815, z: -0.9055519038699015 },
    columnDirection: { x: -0.1421942494206885, y: 0.9084236131422561, z: 0.3931250876213012 },
    spacingMetres: { row: 0.6245676208333334, column: 1.069856275523818 },
    apertureTime: [[2.173685700333333, 0.000150937408161923]],
    sensorPosition: {
      x: [5438120.473202774, -997.4095925011363, -2.788989728553322, 0.00023730335867582828, 2.3545281075582228e-7, -1.492656957489703e-11, -3.0570170411356174e-14],
      y: [-971609.8647421665, 6583.684605741273, 0.6568128008751011, -0.0011846374886725296, -7.185209123184431e-8, 5.783598485367062e-11, 9.744111832411611e-14],
      z: [4148423.8430116437, 2855.80663274287, -2.5117319050417883, -0.0005721514871533472, 2.545856535909912e-7, 3.20193106149182e-11, -1.1676099341312116e-14],
    },
    look: -1,
  },
  corners: [
    [33.57557419233318, -7.715737959893586],
    [33.66247968391572, -7.521776845384764],
    [33.62304102343928, -7.496736772717166],
    [33.53576476994573, -7.690344834684546],
  ],
};

/** The product of the synthetic spotlight image among the test data of sarpy (example.sidd.xml). */
export const PLANE_PRODUCT: PublishedExample<SiddMetadata> = {
  metadata: {
    size: { row: 1300, column: 1502 },
    referencePoint: { x: 6378137, y: 0, z: 0 },
    referencePixel: { row: 650, column: 751 },
    projection: {
      type: 'PlaneProjection',
      rowDirection: { x: 0, y: -0.17364817766693033, z: -0.98480775301220813 },
      columnDirection: { x: 0, y: 0.98480775301220813, z: -0.17364817766693033 },
      spacing: { row: 0.76980043496519579, column: 0.66641108974957253 },
      apertureTime: [[1.6800674762530357]],
    },
    sensorPosition: PFA_SPOTLIGHT.metadata.sensorPosition,
    chip: null,
  },
  corners: [
    [0.005246355578488418, -0.0036493547329483943],
    [0.0036744434203674343, 0.0052057233514495619],
    [-0.0052384529583787203, 0.0036446600262143069],
    [-0.0036665408001853718, -0.0052104180581638796],
  ],
};

/** An Umbra product among the test data of osml-imagery-toolkit (example.sidd-chip.xml); its corners are those of the full image. */
export const SPOTLIGHT_PRODUCT: PublishedExample<SiddMetadata> = {
  metadata: {
    size: { row: 15328, column: 15327 },
    referencePoint: { x: 4709073, y: 2903153, z: 3164621.25 },
    referencePixel: { row: 7664, column: 7664 },
    projection: {
      type: 'PlaneProjection',
      rowDirection: { x: 0.6261031460016966, y: -0.7373836715705693, z: -0.2534958999603987 },
      columnDirection: { x: 0.2527187904343009, y: 0.49945506779477, z: -0.8286602729931474 },
      spacing: { row: 0.26100745951378024, column: 0.26100745951378024 },
      apertureTime: [[1.6840395661601488]],
    },
    sensorPosition: {
      x: [4912790.7312307395, 4057.8244093090852, -2.91951946321138, -0.0009301224542527532, -2.4005632945030588e-6, 2.911806790957113e-7],
      y: [3323582.052408638, 833.1339702642257, -2.3121539202972374, -2.3146610314206638e-5, -1.938442174581894e-6, 2.3481575679541144e-7],
      z: [3504195.751642983, -6474.829426038806, -2.141025135039039, 0.001321025602566108, -1.74315101794343e-6, 2.1178580795171886e-7],
    },
    chip: null,
  },
  corners: [
    [29.960450990351426, 31.667670895971167],
    [29.9259416082788, 31.6797850524771],
    [29.915386465958854, 31.640168122695233],
    [29.949892260080535, 31.62804157169811],
  ],
};
