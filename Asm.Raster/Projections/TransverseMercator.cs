namespace Asm.Raster.Projections;

/// <summary>
/// Transverse Mercator by the series of Krueger to the sixth order in the third flattening, as given by Karney (2011), "Transverse Mercator
/// with an accuracy of a few nanometers", J. Geodesy 85: equation numbers below are that paper's.
/// </summary>
/// <remarks>
/// ProjNet has Snyder's truncated series, which is off by 0.8 mm at 6 degrees from the central meridian and by 9 mm at 9 degrees. This one
/// stays below a micrometre there, so that overlapping zones agree.
/// </remarks>
internal sealed class TransverseMercator : IMapProjector
{
    // As PROJ: beyond about 150 degrees of transverse longitude the series does not hold.
    private const double MaxEta = 2.623395162778;

    private readonly double[] _alpha, _beta;
    private readonly double _eccentricity, _radius, _centralMeridian, _falseEasting, _falseNorthing, _metresPerUnit, _originXi;

    public TransverseMercator(MapProjection projection, Ellipsoid ellipsoid, double metresPerUnit)
    {
        double f = ellipsoid.Flattening, n = f / (2 - f), n2 = n * n, n3 = n2 * n, n4 = n2 * n2, n5 = n4 * n, n6 = n3 * n3;
        _eccentricity = Math.Sqrt(f * (2 - f));

        // Eq. 14, times the scale on the central meridian.
        _radius = projection.ScaleFactor * ellipsoid.SemiMajorMetres / (1 + n) * (1 + n2 / 4 + n4 / 64 + n6 / 256);

        // Eq. 35 and 36.
        _alpha =
        [
            n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180 - 127 * n5 / 288 + 7891 * n6 / 37800,
            13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440 + 281 * n5 / 630 - 1983433 * n6 / 1935360,
            61 * n3 / 240 - 103 * n4 / 140 + 15061 * n5 / 26880 + 167603 * n6 / 181440,
            49561 * n4 / 161280 - 179 * n5 / 168 + 6601661 * n6 / 7257600,
            34729 * n5 / 80640 - 3418889 * n6 / 1995840,
            212378941 * n6 / 319334400,
        ];
        _beta =
        [
            n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360 - 81 * n5 / 512 + 96199 * n6 / 604800,
            n2 / 48 + n3 / 15 - 437 * n4 / 1440 + 46 * n5 / 105 - 1118711 * n6 / 3870720,
            17 * n3 / 480 - 37 * n4 / 840 - 209 * n5 / 4480 + 5569 * n6 / 90720,
            4397 * n4 / 161280 - 11 * n5 / 504 - 830251 * n6 / 7257600,
            4583 * n5 / 161280 - 108847 * n6 / 3991680,
            20648693 * n6 / 638668800,
        ];
        (_centralMeridian, _metresPerUnit) = (projection.OriginLongitude, metresPerUnit);
        (_falseEasting, _falseNorthing) = (projection.FalseEasting, projection.FalseNorthing);
        _originXi = ToXiEta(projection.OriginLatitude, 0).Xi;
    }

    public MapPoint Project(MapPoint degrees)
    {
        // Written so that NaN fails it too.
        if (!(Math.Abs(degrees.Y) <= 90 && double.IsFinite(degrees.X))) return new(double.NaN, double.NaN);
        (double xi, double eta) = ToXiEta(degrees.Y, Math.IEEERemainder(degrees.X - _centralMeridian, 360));
        return Math.Abs(eta) <= MaxEta
            ? new(_falseEasting + _radius * eta / _metresPerUnit, _falseNorthing + _radius * (xi - _originXi) / _metresPerUnit)
            : new(double.NaN, double.NaN);
    }

    public MapPoint Unproject(MapPoint projected)
    {
        double xi = (projected.Y - _falseNorthing) * _metresPerUnit / _radius + _originXi,
            eta = (projected.X - _falseEasting) * _metresPerUnit / _radius;
        if (!(Math.Abs(eta) <= MaxEta && Math.Abs(xi) <= Math.PI)) return new(double.NaN, double.NaN);

        // Eq. 15, 17, 18.
        (double dXi, double dEta) = SumSeries(_beta, xi, eta);
        (xi, eta) = (xi - dXi, eta - dEta);
        double sinhEta = Math.Sinh(eta), cosXi = Math.Cos(xi);
        double conformalTan = Math.Sin(xi) / Math.Sqrt(sinhEta * sinhEta + cosXi * cosXi);
        double longitude = _centralMeridian + Math.Atan2(sinhEta, cosXi) * (180 / Math.PI);
        return new(longitude is > 180 or < -180 ? Math.IEEERemainder(longitude, 360) : longitude,
            Math.Atan(TanFromConformal(conformalTan)) * (180 / Math.PI));
    }

    /// <summary>The coordinates on the unit sphere of rectifying latitude, eq. 7 to 11.</summary>
    private (double Xi, double Eta) ToXiEta(double latitudeDegrees, double longitudeDegrees)
    {
        (double sinLongitude, double cosLongitude) = Math.SinCos(longitudeDegrees * (Math.PI / 180));
        double tan = ConformalTan(Math.Tan(latitudeDegrees * (Math.PI / 180)));
        double xi = Math.Atan2(tan, cosLongitude);
        double eta = Math.Asinh(sinLongitude / Math.Sqrt(tan * tan + cosLongitude * cosLongitude));
        (double dXi, double dEta) = SumSeries(_alpha, xi, eta);
        return (xi + dXi, eta + dEta);
    }

    /// <summary>The tangent of the conformal latitude, eq. 7 to 9.</summary>
    private double ConformalTan(double tan)
    {
        double secant = Math.Sqrt(1 + tan * tan);
        double sigma = Math.Sinh(_eccentricity * Math.Atanh(_eccentricity * tan / secant));
        return tan * Math.Sqrt(1 + sigma * sigma) - sigma * secant;
    }

    /// <summary>
    /// The inverse of <see cref="ConformalTan"/> by Newton's method, eq. 19 to 21; two steps reach the precision of a double.
    /// </summary>
    private double TanFromConformal(double conformalTan)
    {
        double complement = 1 - _eccentricity * _eccentricity, tan = conformalTan / complement;
        for (int step = 0; step < 5; step++)
        {
            double reached = ConformalTan(tan);
            double delta = (conformalTan - reached) / Math.Sqrt(1 + reached * reached)
                * (1 + complement * tan * tan) / (complement * Math.Sqrt(1 + tan * tan));
            tan += delta;
            if (!(Math.Abs(delta) > 1e-14 * Math.Max(1, Math.Abs(tan)))) break;
        }
        return tan;
    }

    /// <summary>The sum over j of c_j sin(2 j (xi + i eta)), by Clenshaw's recurrence in complex numbers.</summary>
    private static (double Real, double Imaginary) SumSeries(double[] coefficients, double xi, double eta)
    {
        (double sin, double cos) = Math.SinCos(2 * xi);
        double sinh = Math.Sinh(2 * eta), cosh = Math.Sqrt(1 + sinh * sinh);
        double twoCosReal = 2 * cos * cosh, twoCosImaginary = -2 * sin * sinh;
        double real1 = 0, imaginary1 = 0, real2 = 0, imaginary2 = 0;
        for (int j = coefficients.Length - 1; j >= 0; j--)
        {
            double real = twoCosReal * real1 - twoCosImaginary * imaginary1 - real2 + coefficients[j];
            double imaginary = twoCosReal * imaginary1 + twoCosImaginary * real1 - imaginary2;
            (real2, imaginary2, real1, imaginary1) = (real1, imaginary1, real, imaginary);
        }
        double sinReal = sin * cosh, sinImaginary = cos * sinh;
        return (sinReal * real1 - sinImaginary * imaginary1, sinReal * imaginary1 + sinImaginary * real1);
    }
}
