namespace Asm.Training.Quantizing;

/// <summary>
/// Rounds weights so that what they add up to is right, not each by itself. Neighbouring pixels see nearly the same values, so the error of
/// a kernel is about the sum of its taps' errors times the channel's value; channels vary together, so one channel's error is made up for
/// by the next. With E[x xT] = L LT over the input channels, channels are rounded from the last to the first, each with the target w_c +
/// sum over j > c of L_jc / L_cc (w_j - q_j): Babai's nearest plane, the order in which GPTQ rounds (Frantar et al. 2023, section 3).
/// </summary>
internal static class WeightRounding
{
    /// <summary>Rounds the weights of one output channel.</summary>
    /// <param name="weights">Input channels x taps, in steps.</param>
    /// <param name="cholesky">The factor L, input channels squared; empty: each weight is rounded to the nearest step.</param>
    /// <param name="channels">Input channels.</param>
    /// <param name="largest">The largest magnitude of a number.</param>
    /// <param name="numbers">Receives the numbers.</param>
    public static void Round(ReadOnlySpan<double> weights, ReadOnlySpan<double> cholesky, int channels, int largest, Span<sbyte> numbers)
    {
        int taps = weights.Length / channels;
        var errors = new double[channels];
        for (int c = channels - 1; c >= 0; c--)
        {
            ReadOnlySpan<double> kernel = weights.Slice(c * taps, taps);
            Span<sbyte> rounded = numbers.Slice(c * taps, taps);
            double target = 0;
            for (int j = c + 1; j < channels && cholesky.Length > 0; j++)
                target += cholesky[j * channels + c] / cholesky[c * channels + c] * errors[j];
            for (int k = 0; k < taps; k++)
            {
                rounded[k] = (sbyte)Math.Clamp(Math.Round(kernel[k]), -largest, largest);
                target += kernel[k] - rounded[k];
            }
            if (cholesky.Length > 0) target = Settle(kernel, rounded, target, largest);
            errors[c] = target;
        }
    }

    /// <summary>
    /// Moves the taps that are nearest to it by a step, until their sum is off by half a step at most; returns by how much.
    /// </summary>
    private static double Settle(ReadOnlySpan<double> kernel, Span<sbyte> rounded, double missing, int largest)
    {
        while (Math.Abs(missing) > 0.5)
        {
            int sign = Math.Sign(missing), best = -1;
            for (int k = 0; k < kernel.Length; k++)
                if (Math.Abs(rounded[k] + sign) <= largest
                    && (best < 0 || sign * (kernel[k] - rounded[k]) > sign * (kernel[best] - rounded[best])))
                    best = k;
            if (best < 0) break;
            rounded[best] += (sbyte)sign;
            missing -= sign;
        }
        return missing;
    }
}
