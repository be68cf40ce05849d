using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Guardrails;

/// <summary>A digest of what the mean and the percentiles hang on: constants, profiles and families for a target.</summary>
internal static class FactsDigest
{
    public static string Of(LockInFacts facts, LockInTarget target)
    {
        var text = new StringBuilder();
        foreach (var constant in facts.Constants.Values.OrderBy(constant => constant.Name, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{constant.Name} {constant.Low:0.######} {constant.Likely:0.######} {constant.High:0.######}\n");
        foreach (var profile in facts.Profiles.Where(profile => profile.Target == target).OrderBy(profile => profile.Type, StringComparer.Ordinal).ThenBy(profile => profile.Variant, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{profile.Type} {profile.Variant} {profile.Family} {profile.IsGlue} {profile.Api?.Value} {profile.Export?.Value} {profile.Artefact?.Value}\n");
        foreach (var family in facts.Families)
        {
            var levels = family.Levels.GetValueOrDefault(target);
            text.Append(CultureInfo.InvariantCulture, $"{family.Name} {levels?.Api?.Value} {levels?.Export?.Value} {levels?.Artefact?.Value} {string.Join(' ', family.Types.Order(StringComparer.Ordinal))}\n");
        }
        text.AppendJoin('\n', facts.Glue.Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
