using System.Collections;

namespace Guardrails.Sandbox;

/// <summary>Entities in the order of their sequence numbers: listings are stable, and a page can start anywhere without counting.</summary>
internal sealed class OrderedList<T> : IReadOnlyList<T> where T : Entity
{
    private readonly List<T> _items = [];

    public int Count => _items.Count;

    public T this[int index] => _items[index];

    public void Add(T item)
    {
        if (_items.Count == 0 || _items[^1].Sequence < item.Sequence)
        {
            _items.Add(item);
            return;
        }
        var index = FirstAfter(item.Sequence);
        if (index > 0 && _items[index - 1].Sequence == item.Sequence) throw new InvalidOperationException($"{item.Id} is already in this list.");
        _items.Insert(index, item);
    }

    public bool Remove(T item)
    {
        var index = FirstAfter(item.Sequence) - 1;
        if (index < 0 || !ReferenceEquals(_items[index], item)) return false;
        _items.RemoveAt(index);
        return true;
    }

    public bool Contains(T item)
    {
        var index = FirstAfter(item.Sequence) - 1;
        return index >= 0 && ReferenceEquals(_items[index], item);
    }

    /// <summary>The index of the first item whose sequence number is higher; the count when there is none.</summary>
    public int FirstAfter(long sequence)
    {
        int low = 0, high = _items.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_items[middle].Sequence <= sequence) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public void Clear() => _items.Clear();

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
