using MudBlazor;

namespace Ops.Console.Layout;

/// <summary>The typeface and the roundness that MudBlazor's components share with the rest; colours come from
/// console.css.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Family = ["var(--font)"];

    /// <summary>The theme.</summary>
    public static readonly MudTheme Theme = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Family, FontSize = "0.875rem" },
            Body1 = new Body1Typography { FontFamily = Family, FontSize = "0.875rem" },
            Subtitle1 = new Subtitle1Typography { FontFamily = Family, FontSize = "0.875rem" },
            Button = new ButtonTypography { FontFamily = Family, FontSize = "0.875rem", TextTransform = "none" },
        },
    };
}
