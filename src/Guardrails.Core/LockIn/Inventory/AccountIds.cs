namespace Guardrails;

/// <summary>Account ids and Regions as the names of folders and the columns of files show them.</summary>
internal static class AccountIds
{
    private const int Length = 12;

    /// <summary>Whether a text is an account's id: twelve digits.</summary>
    public static bool IsId(string? text)
    {
        if (text is not { Length: Length }) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
        }
        return true;
    }

    /// <summary>The account's id in a column; null where there is none. A spreadsheet takes the zeros off an id's beginning: they are put back.</summary>
    public static string? FromColumn(string? text)
    {
        var id = text?.Trim('\'', ' ');
        if (id is { Length: >= 9 and < Length }) id = id.PadLeft(Length, '0');
        return IsId(id) ? id : null;
    }

    /// <summary>Whether a text has the form of a Region's code: <c>eu-west-1</c>, <c>us-gov-east-1</c>.</summary>
    public static bool IsRegion(string? text)
    {
        if (text is null) return false;
        var parts = text.Split('-');
        return parts.Length is 3 or 4 && parts[0].Length is 2 or 3 or 4 && parts[^1].Length == 1 && char.IsAsciiDigit(parts[^1][0])
            && Array.TrueForAll(parts[..^1], part => part.Length > 0 && part.All(char.IsAsciiLetterLower)) && parts[^2].Length > 2;
    }

    /// <summary>The account and the Region that the folders of a file are named after, the innermost of each; null where none is.</summary>
    public static (string? AccountId, string? Region) OfFolders(string fullPath)
    {
        var folders = (Path.GetDirectoryName(fullPath) ?? "").Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return (Array.FindLast(folders, IsId), Array.FindLast(folders, IsRegion));
    }
}
